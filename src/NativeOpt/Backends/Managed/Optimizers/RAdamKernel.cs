using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// RAdam (Liu et al. 2020, algorithm 2): Adam, or momentum alone while rectified is 0. Bias corrections and rectification are in
/// step.
/// </summary>
internal readonly struct RAdamKernel<T> : IOptimizerKernel<RAdamKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _beta1, _oneMinusBeta1, _beta2, _oneMinusBeta2, _eps, _rectified, _step;

    private RAdamKernel(ReadOnlySpan<double> scalars)
    {
        _beta1 = VectorMath.Broadcast<T>(scalars[0]);
        _oneMinusBeta1 = VectorMath.Broadcast<T>(scalars[1]);
        _beta2 = VectorMath.Broadcast<T>(scalars[2]);
        _oneMinusBeta2 = VectorMath.Broadcast<T>(scalars[3]);
        _eps = VectorMath.Broadcast<T>(scalars[4]);
        _rectified = VectorMath.Broadcast<T>(scalars[5]);
        _step = VectorMath.Broadcast<T>(scalars[6]);
    }

    /// <inheritdoc/>
    public static RAdamKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots)
    {
        ref Vector<T> m = ref slots[0], v = ref slots[1];
        m = _beta1 * m + _oneMinusBeta1 * g;
        v = _beta2 * v + _oneMinusBeta2 * (g * g);
        Vector<T> rectified = Vector.GreaterThan(_rectified, Vector<T>.Zero);
        Vector<T> d = Vector.ConditionalSelect(rectified, Vector.SquareRoot(v) + _eps, Vector<T>.One);
        return w - (_step * m) / d;
    }
}

/// <summary>Describes <see cref="RAdamKernel{T}"/>.</summary>
internal static class RAdamKernel
{
    public static readonly OptimizerDescription Description = new("radam", ["m", "v"], [0, 0],
        ["beta1", "one_minus_beta1", "beta2", "one_minus_beta2", "eps", "rectified", "step"], []);
}
