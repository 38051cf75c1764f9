using NativeOpt.Interop;
using NativeOpt.Losses;

namespace NativeOpt;

/// <summary>
/// 100 times the mean over the columns of a row of |y - t| / max(|t|, <see cref="Epsilon"/>). Keras MeanAbsolutePercentageError.
/// </summary>
public sealed record MeanAbsolutePercentageError : Loss
{
    /// <summary>The smallest size a target counts with; above 0, default 1e-7.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Epsilon { get; init => field = Require.Positive(value, nameof(Epsilon)); } = 1e-7;

    /// <inheritdoc/>
    public override string Name => "mean_absolute_percentage_error";

    /// <inheritdoc/>
    internal override RowValue RowValue => RowValue.Mean;

    /// <inheritdoc/>
    internal override NoptLossArgs Describe(bool fromLogits) =>
        new() { Loss = (int)NoptLoss.MeanAbsolutePercentageError, Epsilon = Epsilon };
}
