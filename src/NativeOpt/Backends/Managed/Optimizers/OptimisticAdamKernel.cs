using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// Optimistic Adam (Daskalakis et al. 2017, algorithm 1): steps ahead along the change of Adam's direction r. The bias
/// corrections are folded into mean_step, gradient_step, eps_root and eps.
/// </summary>
internal readonly struct OptimisticAdamKernel<T> : IOptimizerKernel<OptimisticAdamKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _beta1, _oneMinusBeta1, _beta2, _oneMinusBeta2;
    private readonly Vector<T> _meanStep, _gradientStep, _epsRoot, _eps, _lead, _lag;

    private OptimisticAdamKernel(ReadOnlySpan<double> scalars)
    {
        _beta1 = VectorMath.Broadcast<T>(scalars[0]);
        _oneMinusBeta1 = VectorMath.Broadcast<T>(scalars[1]);
        _beta2 = VectorMath.Broadcast<T>(scalars[2]);
        _oneMinusBeta2 = VectorMath.Broadcast<T>(scalars[3]);
        _meanStep = VectorMath.Broadcast<T>(scalars[4]);
        _gradientStep = VectorMath.Broadcast<T>(scalars[5]);
        _epsRoot = VectorMath.Broadcast<T>(scalars[6]);
        _eps = VectorMath.Broadcast<T>(scalars[7]);
        _lead = VectorMath.Broadcast<T>(scalars[8]);
        _lag = VectorMath.Broadcast<T>(scalars[9]);
    }

    /// <inheritdoc/>
    public static OptimisticAdamKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots)
    {
        ref Vector<T> m = ref slots[0], v = ref slots[1], previous = ref slots[2];
        m = _beta1 * m + _oneMinusBeta1 * g;
        v = _beta2 * v + _oneMinusBeta2 * (g * g);
        Vector<T> r = (_meanStep * m + _gradientStep * g) / (Vector.SquareRoot(v + _epsRoot) + _eps);
        Vector<T> u = _lead * r - _lag * previous;
        previous = r;
        return w - u;
    }
}

/// <summary>Describes <see cref="OptimisticAdamKernel{T}"/>.</summary>
internal static class OptimisticAdamKernel
{
    public static readonly OptimizerDescription Description = new("optimistic_adam", ["m", "v", "previous"], [0, 0, 0],
        [
            "beta1", "one_minus_beta1", "beta2", "one_minus_beta2",
            "mean_step", "gradient_step", "eps_root", "eps", "lead", "lag",
        ], []);
}
