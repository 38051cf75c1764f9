using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// Yogi (Zaheer et al. 2018, algorithm 2): v moves by a bounded amount towards the squared gradient. The bias corrections are
/// folded into step and eps.
/// </summary>
internal readonly struct YogiKernel<T> : IOptimizerKernel<YogiKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _beta1, _oneMinusBeta1, _oneMinusBeta2, _step, _eps;

    private YogiKernel(ReadOnlySpan<double> scalars)
    {
        _beta1 = VectorMath.Broadcast<T>(scalars[0]);
        _oneMinusBeta1 = VectorMath.Broadcast<T>(scalars[1]);
        _oneMinusBeta2 = VectorMath.Broadcast<T>(scalars[2]);
        _step = VectorMath.Broadcast<T>(scalars[3]);
        _eps = VectorMath.Broadcast<T>(scalars[4]);
    }

    /// <inheritdoc/>
    public static YogiKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots)
    {
        ref Vector<T> m = ref slots[0], v = ref slots[1];
        m = _beta1 * m + _oneMinusBeta1 * g;
        Vector<T> square = g * g;
        v = v - VectorMath.Sign(v - square) * (_oneMinusBeta2 * square);
        return w - (_step * m) / (Vector.SquareRoot(v) + _eps);
    }
}

/// <summary>Describes <see cref="YogiKernel{T}"/>.</summary>
internal static class YogiKernel
{
    public static readonly OptimizerDescription Description = new("yogi", ["m", "v"], [0, 0],
        ["beta1", "one_minus_beta1", "one_minus_beta2", "step", "eps"], []);
}
