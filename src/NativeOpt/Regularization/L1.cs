using System.Globalization;

namespace NativeOpt;

/// <summary>The penalty factor * sum |w|: it draws weights to zero, and leaves them there only approximately (see <see cref="Ftrl"/>).</summary>
public sealed record L1 : NormRegularizer
{
    /// <summary>A penalty of sizes.</summary>
    /// <param name="factor">Finite, not negative; .01 by default as in Keras.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is negative, NaN or infinite.</exception>
    public L1(double factor = 0.01) : base(Require.NotNegative(factor, nameof(factor)), 0) => Factor = factor;

    /// <summary>The factor.</summary>
    public double Factor { get; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"l1({Factor})");
}
