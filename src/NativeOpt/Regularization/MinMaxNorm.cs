using NativeOpt.Interop;
using System.Globalization;

namespace NativeOpt;

/// <summary>
/// Norms between two values: w = w * ((rate * clip(n, min, max) + (1 - rate) * n) / (1e-7 + n)) with the norm n. With a rate below 1
/// they come nearer step by step.
/// </summary>
public sealed record MinMaxNorm : NormConstraint
{
    /// <summary>Limits of norms.</summary>
    /// <param name="minValue">Finite, not negative; 0 by default as in Keras.</param>
    /// <param name="maxValue">Finite, at least minValue; 1 by default.</param>
    /// <param name="rate">How much of the way is gone in a step, in [0, 1]; 1 by default.</param>
    /// <param name="axis">0 by default: one norm for each unit of a layer. See <see cref="NormConstraint.Axis"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range, or there is no such axis.</exception>
    public MinMaxNorm(double minValue = 0, double maxValue = 1, double rate = 1, int? axis = 0) : base(axis)
    {
        MinValue = Require.NotNegative(minValue, nameof(minValue));
        MaxValue = Require.NotNegative(maxValue, nameof(maxValue));
        Rate = Require.Fraction(rate, nameof(rate));
        if (maxValue < minValue)
            throw new ArgumentOutOfRangeException(nameof(maxValue), maxValue, FormattableString.Invariant(
                $"maxValue is {maxValue}; it must be at least minValue, which is {minValue}"));
    }

    /// <summary>The smallest norm.</summary>
    public double MinValue { get; }

    /// <summary>The largest norm.</summary>
    public double MaxValue { get; }

    /// <summary>How much of the way is gone in a step.</summary>
    public double Rate { get; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"min_max_norm(min_value={MinValue}, max_value={MaxValue}, rate={Rate}, axis={AxisText})");

    /// <inheritdoc/>
    private protected override NoptConstraintArgs WithRange(NoptConstraintArgs args) => args with
    {
        Constraint = (int)NoptConstraint.MinMaxNorm,
        Minimum = MinValue,
        Maximum = MaxValue,
        Rate = Rate,
    };
}
