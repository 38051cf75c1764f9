using NativeOpt.Interop;

namespace NativeOpt;

/// <summary>
/// 1 - s / (s + alpha f + beta m + epsilon) of a row, s = sum t y, f = sum (1 - t) y what was wrongly found, m = sum t (1 - y) what
/// was missed (Salehi et al. 2017). Keras Tversky with axis 1: each row on its own, where Keras' default is one index for the
/// whole batch.
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

    /// <inheritdoc/>
    public override string Name => "tversky";

    /// <inheritdoc/>
    internal override NoptLossArgs Describe(bool fromLogits) =>
        new() { Loss = (int)NoptLoss.Tversky, Alpha = Alpha, Beta = Beta, Epsilon = Epsilon };
}
