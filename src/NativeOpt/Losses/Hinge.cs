using NativeOpt.Interop;
using NativeOpt.Losses;

namespace NativeOpt;

/// <summary>
/// The mean over the columns of a row of max(1 - t y, 0), t in {-1, 1}. As in Keras targets that are all 0 or 1 in a batch are
/// taken for -1 and 1. Keras Hinge; PyTorch's HingeEmbeddingLoss is another function.
/// </summary>
public sealed record Hinge : Loss
{
    /// <inheritdoc/>
    public override string Name => "hinge";

    /// <inheritdoc/>
    internal override RowValue RowValue => RowValue.Mean;

    /// <inheritdoc/>
    internal override NoptLossArgs Describe(bool fromLogits) => new() { Loss = (int)NoptLoss.Hinge };
}
