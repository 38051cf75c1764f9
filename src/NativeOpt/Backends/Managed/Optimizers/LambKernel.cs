using System.Numerics;
using System.Runtime.CompilerServices;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// LAMB (You et al. 2020, algorithm 2): Adam whose step over a tensor is as long as the learning rate times the norm of its weights.
/// The bias corrections are in mean_step and the epsilons.
/// </summary>
internal readonly struct LambKernel<T> : ILayerwiseKernel<LambKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _beta1, _oneMinusBeta1, _beta2, _oneMinusBeta2, _meanStep, _epsRoot, _eps, _decay, _factor;

    private LambKernel(ReadOnlySpan<double> scalars)
    {
        _beta1 = VectorMath.Broadcast<T>(scalars[0]);
        _oneMinusBeta1 = VectorMath.Broadcast<T>(scalars[1]);
        _beta2 = VectorMath.Broadcast<T>(scalars[2]);
        _oneMinusBeta2 = VectorMath.Broadcast<T>(scalars[3]);
        _meanStep = VectorMath.Broadcast<T>(scalars[4]);
        _epsRoot = VectorMath.Broadcast<T>(scalars[5]);
        _eps = VectorMath.Broadcast<T>(scalars[6]);
        _decay = VectorMath.Broadcast<T>(scalars[7]);
        _factor = VectorMath.Broadcast<T>(scalars[9]);
    }

    /// <inheritdoc/>
    public static LambKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (Vector<T> First, Vector<T> Second) Measure(Vector<T> w, Vector<T> g, Span<Vector<T>> slots)
    {
        ref Vector<T> m = ref slots[0], v = ref slots[1];
        m = _beta1 * m + _oneMinusBeta1 * g;
        v = _beta2 * v + _oneMinusBeta2 * (g * g);
        Vector<T> u = Direction(w, slots);
        return (w * w, u * u);
    }

    /// <inheritdoc/>
    public static double Combine(ReadOnlySpan<double> sums, ReadOnlySpan<double> scalars, Span<double> numbers) =>
        scalars[8] * (sums[0] == 0 || sums[1] == 0 ? 1 : Math.Sqrt(sums[0]) / Math.Sqrt(sums[1]));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots) => w - _factor * Direction(w, slots);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<T> Direction(Vector<T> w, Span<Vector<T>> slots) =>
        (_meanStep * slots[0]) / (Vector.SquareRoot(slots[1] + _epsRoot) + _eps) + _decay * w;
}

/// <summary>Describes <see cref="LambKernel{T}"/>.</summary>
internal static class LambKernel
{
    public static readonly OptimizerDescription Description = new("lamb", ["m", "v"], [0, 0],
        ["beta1", "one_minus_beta1", "beta2", "one_minus_beta2", "mean_step", "eps_root", "eps", "decay", "lr"], [])
    {
        Scope = NoptScope.Tensor,
    };
}
