using System.Globalization;

namespace NativeOpt;

/// <summary>The penalty l1 * sum |w| + l2 * sum w^2, whose gradient is l1 * sign(w) + 2 * l2 * w.</summary>
public sealed record L1L2 : NormRegularizer
{
    /// <summary>Both factors .01, as Keras documents "l1_l2".</summary>
    public L1L2() : this(0.01, 0.01) { }

    /// <summary>A penalty of sizes and squares. What is left out is 0, as in Keras.</summary>
    /// <param name="l1">Factor of the sizes, finite, not negative.</param>
    /// <param name="l2">Factor of the squares, finite, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">A factor is negative, NaN or infinite.</exception>
    public L1L2(double l1 = 0, double l2 = 0)
        : base(Require.NotNegative(l1, nameof(l1)), Require.NotNegative(l2, nameof(l2))) => (L1, L2) = (l1, l2);

    /// <summary>Factor of the sizes.</summary>
    public double L1 { get; }

    /// <summary>Factor of the squares.</summary>
    public double L2 { get; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"l1_l2(l1={L1}, l2={L2})");
}
