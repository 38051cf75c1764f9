using System.Numerics;
using System.Runtime.CompilerServices;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// D-Adaptation for AdamW (Defazio &amp; Mishchenko 2023, algorithm 5): Adam whose rate is d, a lower bound of the distance to the
/// solution that grows as the gradients agree. The gains contain the d of the step before.
/// </summary>
internal readonly struct DAdaptAdamWKernel<T> : IMeasuringKernel<DAdaptAdamWKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _beta1, _meanGain, _beta2, _oneMinusBeta2, _beta3, _sumGain, _eps, _decay;

    private DAdaptAdamWKernel(ReadOnlySpan<double> scalars)
    {
        _beta1 = VectorMath.Broadcast<T>(scalars[0]);
        _meanGain = VectorMath.Broadcast<T>(scalars[1]);
        _beta2 = VectorMath.Broadcast<T>(scalars[2]);
        _oneMinusBeta2 = VectorMath.Broadcast<T>(scalars[3]);
        _beta3 = VectorMath.Broadcast<T>(scalars[4]);
        _sumGain = VectorMath.Broadcast<T>(scalars[5]);
        _eps = VectorMath.Broadcast<T>(scalars[6]);
        _decay = VectorMath.Broadcast<T>(scalars[7]);
    }

    /// <inheritdoc/>
    public static DAdaptAdamWKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (Vector<T> First, Vector<T> Second) Measure(Vector<T> w, Vector<T> g, Span<Vector<T>> slots)
    {
        ref Vector<T> m = ref slots[0], v = ref slots[1], sum = ref slots[2];
        Vector<T> alignment = g * (sum / (Vector.SquareRoot(v) + _eps));
        m = _beta1 * m + _meanGain * g;
        v = _beta2 * v + _oneMinusBeta2 * (g * g);
        sum = _beta3 * sum + _sumGain * g;
        return (alignment, Vector.Abs(sum));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots) =>
        w - (slots[0] / (Vector.SquareRoot(slots[1]) + _eps) + _decay * w);
}

/// <summary>Describes <see cref="DAdaptAdamWKernel{T}"/>.</summary>
internal static class DAdaptAdamWKernel
{
    public static readonly OptimizerDescription Description = new("dadapt_adamw", ["m", "v", "sum"], [0, 0, 0],
        ["beta1", "mean_gain", "beta2", "one_minus_beta2", "beta3", "sum_gain", "eps", "decay"], [])
    {
        Scope = NoptScope.All,
        NumberNames = ["progress", "length"],
    };
}
