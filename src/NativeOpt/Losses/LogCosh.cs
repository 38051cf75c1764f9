using NativeOpt.Interop;
using NativeOpt.Losses;

namespace NativeOpt;

/// <summary>
/// The mean over the columns of a row of log(cosh(y - t)): a square near 0, an absolute value far away, smooth everywhere. Keras
/// LogCosh; it is computed so that neither large nor small differences lose digits.
/// </summary>
public sealed record LogCosh : Loss
{
    /// <inheritdoc/>
    public override string Name => "log_cosh";

    /// <inheritdoc/>
    internal override RowValue RowValue => RowValue.Mean;

    /// <inheritdoc/>
    internal override NoptLossArgs Describe(bool fromLogits) => new() { Loss = (int)NoptLoss.LogCosh };
}
