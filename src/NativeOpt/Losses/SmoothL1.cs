using NativeOpt.Interop;
using NativeOpt.Losses;

namespace NativeOpt;

/// <summary>
/// The mean over the columns of a row of d^2 / (2 beta) where |d| is below <see cref="Beta"/>, else |d| - beta / 2, d = y - t.
/// PyTorch SmoothL1Loss: <see cref="Huber"/> divided by its delta; not in Keras.
/// </summary>
public sealed record SmoothL1 : Loss
{
    /// <summary>Where the square becomes a line; at least 0, default 1. With 0 it is the absolute error.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Beta { get; init => field = Require.NotNegative(value, nameof(Beta)); } = 1;

    /// <inheritdoc/>
    public override string Name => "smooth_l1";

    /// <inheritdoc/>
    internal override RowValue RowValue => RowValue.Mean;

    /// <inheritdoc/>
    internal override NoptLossArgs Describe(bool fromLogits) => new() { Loss = (int)NoptLoss.SmoothL1, Delta = Beta };
}
