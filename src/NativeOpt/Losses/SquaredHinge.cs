using NativeOpt.Interop;
using NativeOpt.Losses;

namespace NativeOpt;

/// <summary>
/// The mean over the columns of a row of max(1 - t y, 0)^2, targets as those of <see cref="Hinge"/>. Keras SquaredHinge.
/// </summary>
public sealed record SquaredHinge : Loss
{
    /// <inheritdoc/>
    public override string Name => "squared_hinge";

    /// <inheritdoc/>
    internal override RowValue RowValue => RowValue.Mean;

    /// <inheritdoc/>
    internal override NoptLossArgs Describe(bool fromLogits) => new() { Loss = (int)NoptLoss.SquaredHinge };
}
