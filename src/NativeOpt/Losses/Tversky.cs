using NativeOpt.Interop;

namespace NativeOpt;

/// <summary>
/// 1 - s / (s + alpha f + beta m + epsilon), s = sum t y, f = sum (1 - t) y what was wrongly found, m = sum t (1 - y) what was missed,
/// the sums over the whole batch or over each row (Salehi et al. 2017). Keras Tversky.
/// </summary>
public sealed record Tversky : Loss
{
    /// <summary>Weight of what was wrongly found; at least 0, default 0.5.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Alpha { get; init => field = Require.NotNegative(value, nameof(Alpha)); } = 0.5;

    /// <summary>Weight of what was missed; at least 0, default 0.5.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Beta { get; init => field = Require.NotNegative(value, nameof(Beta)); } = 0.5;

    /// <summary>Keeps the quotient of empty rows finite; above 0, default 1e-7.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Epsilon { get; init => field = Require.Positive(value, nameof(Epsilon)); } = 1e-7;

    /// <summary>
    /// True: each row has a value of its own, Keras' axis 1. False (default, as in Keras): the batch has one, which the mean of its
    /// sample weights is a factor of.
    /// </summary>
    public bool PerRow { get; init; }

    /// <inheritdoc/>
    public override string Name => "tversky";

    /// <inheritdoc/>
    internal override bool IsOfWholeBatch => !PerRow;

    /// <inheritdoc/>
    internal override NoptLossArgs Describe(bool fromLogits) => new()
    {
        Loss = (int)NoptLoss.Tversky,
        Flags = PerRow ? 0 : (uint)NoptLossFlags.WholeBatch,
        Alpha = Alpha,
        Beta = Beta,
        Epsilon = Epsilon,
    };
}
