using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// AdEMAMix (Pagliardini et al. 2024, section 3): a fast and a slow mean of the gradient. Alpha and the bias corrections are
/// folded into step, slow_step, eps_root and eps.
/// </summary>
internal readonly struct AdEMAMixKernel<T> : IOptimizerKernel<AdEMAMixKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _beta1, _oneMinusBeta1, _beta2, _oneMinusBeta2, _beta3;
    private readonly Vector<T> _oneMinusBeta3, _step, _slowStep, _epsRoot, _eps;

    private AdEMAMixKernel(ReadOnlySpan<double> scalars)
    {
        _beta1 = VectorMath.Broadcast<T>(scalars[0]);
        _oneMinusBeta1 = VectorMath.Broadcast<T>(scalars[1]);
        _beta2 = VectorMath.Broadcast<T>(scalars[2]);
        _oneMinusBeta2 = VectorMath.Broadcast<T>(scalars[3]);
        _beta3 = VectorMath.Broadcast<T>(scalars[4]);
        _oneMinusBeta3 = VectorMath.Broadcast<T>(scalars[5]);
        _step = VectorMath.Broadcast<T>(scalars[6]);
        _slowStep = VectorMath.Broadcast<T>(scalars[7]);
        _epsRoot = VectorMath.Broadcast<T>(scalars[8]);
        _eps = VectorMath.Broadcast<T>(scalars[9]);
    }

    /// <inheritdoc/>
    public static AdEMAMixKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots)
    {
        ref Vector<T> m1 = ref slots[0], m2 = ref slots[1], v = ref slots[2];
        m1 = _beta1 * m1 + _oneMinusBeta1 * g;
        m2 = _beta3 * m2 + _oneMinusBeta3 * g;
        v = _beta2 * v + _oneMinusBeta2 * (g * g);
        return w - (_step * m1 + _slowStep * m2) / (Vector.SquareRoot(v + _epsRoot) + _eps);
    }
}

/// <summary>Describes <see cref="AdEMAMixKernel{T}"/>.</summary>
internal static class AdEMAMixKernel
{
    public static readonly OptimizerDescription Description = new("ademamix", ["m1", "m2", "v"], [0, 0, 0],
        [
            "beta1", "one_minus_beta1", "beta2", "one_minus_beta2", "beta3", "one_minus_beta3",
            "step", "slow_step", "eps_root", "eps",
        ], []);
}
