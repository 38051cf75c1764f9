using NativeOpt.Interop;

namespace NativeOpt;

/// <summary>Weights that are not negative: w = max(w, 0).</summary>
public sealed record NonNeg : KernelConstraint
{
    /// <inheritdoc/>
    public override string ToString() => "non_neg";

    /// <inheritdoc/>
    internal override NoptConstraintArgs? Describe(ReadOnlySpan<int> shape) =>
        new NoptConstraintArgs { Constraint = (int)NoptConstraint.NonNegative };
}
