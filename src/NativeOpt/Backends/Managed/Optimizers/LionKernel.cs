using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>Lion (Chen et al. 2023, program 1): steps of one size, in the direction of the sign of a momentum.</summary>
internal readonly struct LionKernel<T> : IOptimizerKernel<LionKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _beta1, _oneMinusBeta1, _beta2, _oneMinusBeta2, _step;

    private LionKernel(ReadOnlySpan<double> scalars)
    {
        _beta1 = VectorMath.Broadcast<T>(scalars[0]);
        _oneMinusBeta1 = VectorMath.Broadcast<T>(scalars[1]);
        _beta2 = VectorMath.Broadcast<T>(scalars[2]);
        _oneMinusBeta2 = VectorMath.Broadcast<T>(scalars[3]);
        _step = VectorMath.Broadcast<T>(scalars[4]);
    }

    /// <inheritdoc/>
    public static LionKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots)
    {
        ref Vector<T> m = ref slots[0];
        Vector<T> direction = VectorMath.Sign(_beta1 * m + _oneMinusBeta1 * g);
        m = _beta2 * m + _oneMinusBeta2 * g;
        return w - _step * direction;
    }
}

/// <summary>Describes <see cref="LionKernel{T}"/>.</summary>
internal static class LionKernel
{
    public static readonly OptimizerDescription Description = new("lion", ["m"], [0],
        ["beta1", "one_minus_beta1", "beta2", "one_minus_beta2", "step"], []);
}
