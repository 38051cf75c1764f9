using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// ADOPT (Taniguchi et al. 2024, algorithm 2): the gradient is divided by the v of the step before, then averaged.
/// </summary>
internal readonly struct AdoptKernel<T> : IOptimizerKernel<AdoptKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _beta1, _oneMinusBeta1, _beta2, _oneMinusBeta2, _eps, _clip, _step;
    private readonly bool _clipped, _nesterov;

    private AdoptKernel(ReadOnlySpan<double> scalars, uint variant)
    {
        _clipped = (variant & AdoptKernel.Clipped) != 0;
        _nesterov = (variant & AdoptKernel.Nesterov) != 0;
        _beta1 = VectorMath.Broadcast<T>(scalars[0]);
        _oneMinusBeta1 = VectorMath.Broadcast<T>(scalars[1]);
        _beta2 = VectorMath.Broadcast<T>(scalars[2]);
        _oneMinusBeta2 = VectorMath.Broadcast<T>(scalars[3]);
        _eps = VectorMath.Broadcast<T>(scalars[4]);
        _clip = VectorMath.Broadcast<T>(scalars[5]);
        _step = VectorMath.Broadcast<T>(scalars[6]);
    }

    /// <inheritdoc/>
    public static AdoptKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars, variant);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots)
    {
        ref Vector<T> m = ref slots[0], v = ref slots[1];
        Vector<T> u = g / VectorMath.Max(Vector.SquareRoot(v), _eps);
        if (_clipped)
            u = VectorMath.Clamp(u, _clip);
        m = _beta1 * m + _oneMinusBeta1 * u;
        v = _beta2 * v + _oneMinusBeta2 * (g * g);
        return w - _step * (_nesterov ? _beta1 * m + _oneMinusBeta1 * u : m);
    }
}

/// <summary>Describes <see cref="AdoptKernel{T}"/>.</summary>
internal static class AdoptKernel
{
    public const uint Clipped = 1, Nesterov = 2;

    public static readonly OptimizerDescription Description = new("adopt", ["m", "v"], [0, 0],
        ["beta1", "one_minus_beta1", "beta2", "one_minus_beta2", "eps", "clip", "step"], ["clipped", "nesterov"]);
}
