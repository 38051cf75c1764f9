using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// Schedule-free AdamW (Defazio et al. 2024, algorithm 1) in terms of y, which the weights are, and z. keep = 1 - c, with c the
/// share of the new z in the average x; the bias correction is folded into step and eps.
/// </summary>
internal readonly struct ScheduleFreeAdamWKernel<T> : IOptimizerKernel<ScheduleFreeAdamWKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _beta1, _step, _decay, _keep, _beta2, _oneMinusBeta2, _eps;

    private ScheduleFreeAdamWKernel(ReadOnlySpan<double> scalars)
    {
        _beta1 = VectorMath.Broadcast<T>(scalars[0]);
        _step = VectorMath.Broadcast<T>(scalars[1]);
        _decay = VectorMath.Broadcast<T>(scalars[2]);
        _keep = VectorMath.Broadcast<T>(scalars[3]);
        _beta2 = VectorMath.Broadcast<T>(scalars[4]);
        _oneMinusBeta2 = VectorMath.Broadcast<T>(scalars[5]);
        _eps = VectorMath.Broadcast<T>(scalars[6]);
    }

    /// <inheritdoc/>
    public static ScheduleFreeAdamWKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots)
    {
        ref Vector<T> z = ref slots[0], v = ref slots[1];
        v = _beta2 * v + _oneMinusBeta2 * (g * g);
        Vector<T> u = (_step * g) / (Vector.SquareRoot(v) + _eps) + _decay * w;
        Vector<T> lead = w - z;
        z = z - u;
        return z + _keep * (lead + _beta1 * u);
    }
}

/// <summary>Describes <see cref="ScheduleFreeAdamWKernel{T}"/>.</summary>
internal static class ScheduleFreeAdamWKernel
{
    public static readonly OptimizerDescription Description = new("schedule_free_adamw", ["z", "v"], [0, 0],
        ["beta1", "step", "decay", "keep", "beta2", "one_minus_beta2", "eps"], []);
}
