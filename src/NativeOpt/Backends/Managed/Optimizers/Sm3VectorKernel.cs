using System.Numerics;
using System.Runtime.CompilerServices;
using NativeOpt.Backends.Managed.Optimizers.Matrix;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>SM3 for vectors (Anil et al. 2019), where each element is a set of its own.</summary>
internal readonly struct Sm3VectorKernel<T> : IOptimizerKernel<Sm3VectorKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _beta1, _oneMinusBeta1, _beta2, _share, _eps, _rate;

    private Sm3VectorKernel(ReadOnlySpan<double> scalars)
    {
        _beta1 = VectorMath.Broadcast<T>(scalars[Sm3Kernel.Beta1]);
        _oneMinusBeta1 = VectorMath.Broadcast<T>(scalars[Sm3Kernel.OneMinusBeta1]);
        _beta2 = VectorMath.Broadcast<T>(scalars[Sm3Kernel.Beta2]);
        _share = VectorMath.Broadcast<T>(scalars[Sm3Kernel.Share]);
        _eps = VectorMath.Broadcast<T>(scalars[Sm3Kernel.Eps]);
        _rate = VectorMath.Broadcast<T>(scalars[Sm3Kernel.Rate]);
    }

    /// <inheritdoc/>
    public static Sm3VectorKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots)
    {
        ref Vector<T> n = ref slots[0], m = ref slots[1];
        n = VectorMath.FlushSubnormals(_share * (g * g) + _beta2 * n);
        m = _beta1 * m + _oneMinusBeta1 * Sm3Kernel.Divide(g, n, _eps);
        return w - _rate * m;
    }
}

/// <summary>Describes <see cref="Sm3VectorKernel{T}"/>.</summary>
internal static class Sm3VectorKernel
{
    public static readonly OptimizerDescription Description = new("sm3_vector", ["n", "m"], [0, 0], Sm3Kernel.ScalarNames, []);
}
