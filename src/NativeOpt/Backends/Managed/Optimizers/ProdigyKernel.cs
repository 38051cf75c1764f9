using System.Numerics;
using System.Runtime.CompilerServices;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// Prodigy (Mishchenko &amp; Defazio 2023, algorithm 4): Adam whose rate is d, an estimate of the distance to the solution from the inner
/// product of the gradients with the way so far. The first pass uses the d of the step before; the second has the new one in eps.
/// The way, x0 - w in the paper, is a sum of steps: exact where they are too small to change a float much.
/// </summary>
internal readonly struct ProdigyKernel<T> : IMeasuringKernel<ProdigyKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _beta1, _oneMinusBeta1, _beta2, _oneMinusBeta2, _beta3, _estimate, _sumGain, _eps, _step, _decay;

    private ProdigyKernel(ReadOnlySpan<double> scalars)
    {
        _beta1 = VectorMath.Broadcast<T>(scalars[0]);
        _oneMinusBeta1 = VectorMath.Broadcast<T>(scalars[1]);
        _beta2 = VectorMath.Broadcast<T>(scalars[2]);
        _oneMinusBeta2 = VectorMath.Broadcast<T>(scalars[3]);
        _beta3 = VectorMath.Broadcast<T>(scalars[4]);
        _estimate = VectorMath.Broadcast<T>(scalars[5]);
        _sumGain = VectorMath.Broadcast<T>(scalars[6]);
        _eps = VectorMath.Broadcast<T>(scalars[7]);
        _step = VectorMath.Broadcast<T>(scalars[8]);
        _decay = VectorMath.Broadcast<T>(scalars[9]);
    }

    /// <inheritdoc/>
    public static ProdigyKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (Vector<T> First, Vector<T> Second) Measure(Vector<T> w, Vector<T> g, Span<Vector<T>> slots)
    {
        ref Vector<T> m = ref slots[0], v = ref slots[1], sum = ref slots[2], way = ref slots[3];
        Vector<T> scaled = _estimate * g;
        m = _beta1 * m + _oneMinusBeta1 * scaled;
        v = _beta2 * v + _oneMinusBeta2 * (scaled * scaled);
        sum = _beta3 * sum + _sumGain * scaled;
        return (g * way, Vector.Abs(sum));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots)
    {
        ref Vector<T> way = ref slots[3];
        Vector<T> u = (_step * slots[0]) / (Vector.SquareRoot(slots[1]) + _eps) + _decay * w;
        way += u;
        return w - u;
    }
}

/// <summary>Describes <see cref="ProdigyKernel{T}"/>.</summary>
internal static class ProdigyKernel
{
    public static readonly OptimizerDescription Description = new("prodigy", ["m", "v", "sum", "way"], [0, 0, 0, 0],
        [
            "beta1", "one_minus_beta1", "beta2", "one_minus_beta2", "beta3", "estimate", "sum_gain", "eps", "step", "decay",
        ],
        [])
    {
        Scope = NoptScope.All,
        NumberNames = ["progress", "length"],
    };
}
