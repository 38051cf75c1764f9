using NativeOpt.Interop;

namespace NativeOpt;

/// <summary>
/// 1 - 2 sum t y / (sum t + sum y + epsilon), the sums over the whole batch or over each row (Milletari et al. 2016). Keras Dice.
/// </summary>
public sealed record Dice : Loss
{
    /// <summary>Keeps the quotient of empty rows finite; above 0, default 1e-7.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Epsilon { get; init => field = Require.Positive(value, nameof(Epsilon)); } = 1e-7;

    /// <summary>
    /// True: each row has a value of its own, Keras' axis 1. False (default, as in Keras): the batch has one, which the mean of its
    /// sample weights is a factor of.
    /// </summary>
    public bool PerRow { get; init; }

    /// <inheritdoc/>
    public override string Name => "dice";

    /// <inheritdoc/>
    internal override bool IsOfWholeBatch => !PerRow;

    /// <inheritdoc/>
    internal override NoptLossArgs Describe(bool fromLogits) => new()
    {
        Loss = (int)NoptLoss.Tversky,
        Flags = PerRow ? 0 : (uint)NoptLossFlags.WholeBatch,
        // The Tversky index with halves, numerator and denominator divided by 2.
        Alpha = 0.5,
        Beta = 0.5,
        Epsilon = Epsilon / 2,
    };
}
