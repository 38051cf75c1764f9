using NativeOpt.Interop;
using System.Globalization;

namespace NativeOpt;

/// <summary>
/// Norms of at most a value: w = w * (min(n, max) / (1e-7 + n)) with the norm n (Srebro and Shraibman 2005; Hinton et al. 2012 with
/// dropout).
/// </summary>
public sealed record MaxNorm : NormConstraint
{
    /// <summary>A limit of norms.</summary>
    /// <param name="maxValue">Finite, not negative; 2 by default as in Keras.</param>
    /// <param name="axis">0 by default: one norm for each unit of a layer. See <see cref="NormConstraint.Axis"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite, or there is no such axis.</exception>
    public MaxNorm(double maxValue = 2, int? axis = 0) : base(axis) => MaxValue = Require.NotNegative(maxValue, nameof(maxValue));

    /// <summary>The largest norm.</summary>
    public double MaxValue { get; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"max_norm(max_value={MaxValue}, axis={AxisText})");

    /// <inheritdoc/>
    private protected override NoptConstraintArgs WithRange(NoptConstraintArgs args) =>
        args with { Constraint = (int)NoptConstraint.MaxNorm, Maximum = MaxValue };
}
