using NativeOpt.Interop;

namespace NativeOpt;

/// <summary>Norms of 1: w = w / (1e-7 + n) with the norm n. Weights that are all 0 stay so.</summary>
public sealed record UnitNorm : NormConstraint
{
    /// <summary>Norms of 1.</summary>
    /// <param name="axis">0 by default: one norm for each unit of a layer. See <see cref="NormConstraint.Axis"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public UnitNorm(int? axis = 0) : base(axis) { }

    /// <inheritdoc/>
    public override string ToString() => $"unit_norm(axis={AxisText})";

    /// <inheritdoc/>
    private protected override NoptConstraintArgs WithRange(NoptConstraintArgs args) =>
        args with { Constraint = (int)NoptConstraint.UnitNorm };
}
