using NativeOpt.Interop;
using NativeOpt.Losses;

namespace NativeOpt;

/// <summary>
/// The mean over the columns of a row of (log(1 + max(y, epsilon)) - log(1 + max(t, epsilon)))^2; the gradient is 0 where y is
/// below <see cref="Epsilon"/>. Keras MeanSquaredLogarithmicError.
/// </summary>
public sealed record MeanSquaredLogarithmicError : Loss
{
    /// <summary>The smallest prediction and target; above 0, default 1e-7.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Epsilon { get; init => field = Require.Positive(value, nameof(Epsilon)); } = 1e-7;

    /// <inheritdoc/>
    public override string Name => "mean_squared_logarithmic_error";

    /// <inheritdoc/>
    internal override RowValue RowValue => RowValue.Mean;

    /// <inheritdoc/>
    internal override NoptLossArgs Describe(bool fromLogits) =>
        new() { Loss = (int)NoptLoss.MeanSquaredLogarithmicError, Epsilon = Epsilon };
}
