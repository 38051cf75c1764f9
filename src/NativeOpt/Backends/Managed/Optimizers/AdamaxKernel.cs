using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// Adamax (Kingma &amp; Ba 2015, algorithm 2). PyTorch adds epsilon inside the maximum (eps_inside), Keras to it (eps_outside).
/// </summary>
internal readonly struct AdamaxKernel<T> : IOptimizerKernel<AdamaxKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _beta1, _oneMinusBeta1, _beta2, _epsInside, _epsOutside, _step;

    private AdamaxKernel(ReadOnlySpan<double> scalars)
    {
        _beta1 = VectorMath.Broadcast<T>(scalars[0]);
        _oneMinusBeta1 = VectorMath.Broadcast<T>(scalars[1]);
        _beta2 = VectorMath.Broadcast<T>(scalars[2]);
        _epsInside = VectorMath.Broadcast<T>(scalars[3]);
        _epsOutside = VectorMath.Broadcast<T>(scalars[4]);
        _step = VectorMath.Broadcast<T>(scalars[5]);
    }

    /// <inheritdoc/>
    public static AdamaxKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots)
    {
        ref Vector<T> m = ref slots[0], u = ref slots[1];
        m = _beta1 * m + _oneMinusBeta1 * g;
        u = VectorMath.Max(_beta2 * u, Vector.Abs(g) + _epsInside);
        return w - (_step * m) / (u + _epsOutside);
    }
}

/// <summary>Describes <see cref="AdamaxKernel{T}"/>.</summary>
internal static class AdamaxKernel
{
    public static readonly OptimizerDescription Description = new("adamax", ["m", "u"], [0, 0],
        ["beta1", "one_minus_beta1", "beta2", "eps_inside", "eps_outside", "step"], []);
}
