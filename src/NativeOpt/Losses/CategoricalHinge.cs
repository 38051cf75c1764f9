using NativeOpt.Interop;

namespace NativeOpt;

/// <summary>
/// max(max((1 - t) y) - sum t y + 1, 0) of a row, t one-hot: the right class should be above all others by 1. Keras
/// CategoricalHinge.
/// </summary>
public sealed record CategoricalHinge : Loss
{
    /// <inheritdoc/>
    public override string Name => "categorical_hinge";

    /// <inheritdoc/>
    internal override NoptLossArgs Describe(bool fromLogits) => new() { Loss = (int)NoptLoss.CategoricalHinge };
}
