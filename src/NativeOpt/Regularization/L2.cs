using System.Globalization;

namespace NativeOpt;

/// <summary>The penalty factor * sum w^2, whose gradient is 2 * factor * w.</summary>
public sealed record L2 : NormRegularizer
{
    /// <summary>A penalty of squares.</summary>
    /// <param name="factor">Finite, not negative; .01 by default as in Keras.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is negative, NaN or infinite.</exception>
    public L2(double factor = 0.01) : base(0, Require.NotNegative(factor, nameof(factor))) => Factor = factor;

    /// <summary>The factor.</summary>
    public double Factor { get; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"l2({Factor})");
}
