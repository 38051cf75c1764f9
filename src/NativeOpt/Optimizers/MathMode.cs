namespace NativeOpt;

/// <summary>How exactly a rule divides.</summary>
public enum MathMode
{
    /// <summary>
    /// True divisions and roots, rounded as IEEE 754 says: the same bits on every instruction set, on both backends and on every machine.
    /// </summary>
    Exact,

    /// <summary>
    /// Divisions through an estimate of the reciprocal and a Newton step, with a relative error of at most 1.5e-7 (0.6e-7 when exact).
    /// Quicker where the arrays are in the processor's caches, and the native backend on AVX2 and AVX-512 only: everything else computes
    /// exactly. Makers of processors estimate differently, so that results are not reproducible from one machine to the next.
    /// </summary>
    Fast,
}
