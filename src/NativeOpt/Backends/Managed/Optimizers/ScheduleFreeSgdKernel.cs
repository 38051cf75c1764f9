using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// Schedule-free SGD (Defazio et al. 2024, equations 2 to 4) in terms of y, which the weights are, and z. keep = 1 - c, with c
/// the share of the new z in the average x.
/// </summary>
internal readonly struct ScheduleFreeSgdKernel<T> : IOptimizerKernel<ScheduleFreeSgdKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _beta1, _step, _decay, _keep;

    private ScheduleFreeSgdKernel(ReadOnlySpan<double> scalars)
    {
        _beta1 = VectorMath.Broadcast<T>(scalars[0]);
        _step = VectorMath.Broadcast<T>(scalars[1]);
        _decay = VectorMath.Broadcast<T>(scalars[2]);
        _keep = VectorMath.Broadcast<T>(scalars[3]);
    }

    /// <inheritdoc/>
    public static ScheduleFreeSgdKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots)
    {
        ref Vector<T> z = ref slots[0];
        Vector<T> u = _step * g + _decay * w;
        Vector<T> lead = w - z;
        z = z - u;
        return z + _keep * (lead + _beta1 * u);
    }
}

/// <summary>Describes <see cref="ScheduleFreeSgdKernel{T}"/>.</summary>
internal static class ScheduleFreeSgdKernel
{
    public static readonly OptimizerDescription Description = new("schedule_free_sgd", ["z"], [0],
        ["beta1", "step", "decay", "keep"], []);
}
