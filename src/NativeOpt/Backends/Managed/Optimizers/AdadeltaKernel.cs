using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// Adadelta (Zeiler 2012, algorithm 1): x averages the squares of the steps before the learning rate.
/// </summary>
internal readonly struct AdadeltaKernel<T> : IOptimizerKernel<AdadeltaKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _rho, _oneMinusRho, _eps, _step;

    private AdadeltaKernel(ReadOnlySpan<double> scalars)
    {
        _rho = VectorMath.Broadcast<T>(scalars[0]);
        _oneMinusRho = VectorMath.Broadcast<T>(scalars[1]);
        _eps = VectorMath.Broadcast<T>(scalars[2]);
        _step = VectorMath.Broadcast<T>(scalars[3]);
    }

    /// <inheritdoc/>
    public static AdadeltaKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots)
    {
        ref Vector<T> v = ref slots[0], x = ref slots[1];
        v = _rho * v + _oneMinusRho * (g * g);
        Vector<T> d = Vector.SquareRoot(x + _eps) / Vector.SquareRoot(v + _eps) * g;
        x = _rho * x + _oneMinusRho * (d * d);
        return w - _step * d;
    }
}

/// <summary>Describes <see cref="AdadeltaKernel{T}"/>.</summary>
internal static class AdadeltaKernel
{
    public static readonly OptimizerDescription Description = new("adadelta", ["v", "x"], [0, 0],
        ["rho", "one_minus_rho", "eps", "step"], []);
}
