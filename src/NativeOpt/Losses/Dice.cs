using NativeOpt.Interop;

namespace NativeOpt;

/// <summary>
/// 1 - 2 sum t y / (sum t + sum y + epsilon) of a row (Milletari et al. 2016). Keras Dice with axis 1: each row on its own, where
/// Keras' default is one coefficient for the whole batch.
/// </summary>
public sealed record Dice : Loss
{
    /// <summary>Keeps the quotient of empty rows finite; above 0, default 1e-7.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Epsilon { get; init => field = Require.Positive(value, nameof(Epsilon)); } = 1e-7;

    /// <inheritdoc/>
    public override string Name => "dice";

    // The Tversky index with halves, numerator and denominator divided by 2.
    /// <inheritdoc/>
    internal override NoptLossArgs Describe(bool fromLogits) =>
        new() { Loss = (int)NoptLoss.Tversky, Alpha = 0.5, Beta = 0.5, Epsilon = Epsilon / 2 };
}
