using NativeOpt.Interop;
using NativeOpt.Losses;

namespace NativeOpt;

/// <summary>
/// The mean over the columns of a row of d^2 / 2 where |d| is at most <see cref="Delta"/>, else delta (|d| - delta / 2), d = y - t
/// (Huber 1964). Keras Huber, PyTorch HuberLoss.
/// </summary>
public sealed record Huber : Loss
{
    /// <summary>Where the square becomes a line; above 0, default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Delta { get; init => field = Require.Positive(value, nameof(Delta)); } = 1;

    /// <inheritdoc/>
    public override string Name => "huber";

    /// <inheritdoc/>
    internal override RowValue RowValue => RowValue.Mean;

    /// <inheritdoc/>
    internal override NoptLossArgs Describe(bool fromLogits) => new() { Loss = (int)NoptLoss.Huber, Delta = Delta };
}
