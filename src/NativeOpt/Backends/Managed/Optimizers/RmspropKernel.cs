using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// RMSprop (Tieleman &amp; Hinton 2012, lecture 6e), optionally centered (Graves 2013, section 4.2) and with momentum. Keras adds
/// epsilon under the root (eps_inside), PyTorch to it (eps_outside); gain and step as in <see cref="MomentumKernel{T}"/>. A bias
/// correction is in mean_weight, gain, step and the epsilons.
/// </summary>
internal readonly struct RmspropKernel<T> : IOptimizerKernel<RmspropKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _rho, _oneMinusRho, _epsInside, _epsOutside, _mu, _gain, _step, _meanWeight;
    private readonly bool _centered, _momentum, _nesterov;

    private RmspropKernel(ReadOnlySpan<double> scalars, uint variant)
    {
        _centered = (variant & RmspropKernel.Centered) != 0;
        _momentum = (variant & RmspropKernel.Momentum) != 0;
        _nesterov = (variant & RmspropKernel.Nesterov) != 0;
        _rho = VectorMath.Broadcast<T>(scalars[0]);
        _oneMinusRho = VectorMath.Broadcast<T>(scalars[1]);
        _epsInside = VectorMath.Broadcast<T>(scalars[2]);
        _epsOutside = VectorMath.Broadcast<T>(scalars[3]);
        _mu = VectorMath.Broadcast<T>(scalars[4]);
        _gain = VectorMath.Broadcast<T>(scalars[5]);
        _step = VectorMath.Broadcast<T>(scalars[6]);
        _meanWeight = VectorMath.Broadcast<T>(scalars[7]);
    }

    /// <inheritdoc/>
    public static RmspropKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars, variant);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots)
    {
        ref Vector<T> v = ref slots[0], m = ref slots[1], b = ref slots[2];
        v = _rho * v + _oneMinusRho * (g * g);
        Vector<T> s = v;
        if (_centered)
        {
            m = _rho * m + _oneMinusRho * g;
            s = v - _meanWeight * (m * m);
        }
        Vector<T> d = Vector.SquareRoot(s + _epsInside) + _epsOutside;
        if (!_momentum)
            return w - (_step * g) / d;
        Vector<T> u = (_gain * g) / d;
        b = _mu * b + u;
        return w - _step * (_nesterov ? _mu * b + u : b);
    }
}

/// <summary>Describes <see cref="RmspropKernel{T}"/>.</summary>
internal static class RmspropKernel
{
    public const uint Centered = 1, Momentum = 2, Nesterov = 4;

    public static readonly OptimizerDescription Description = new("rmsprop", ["v", "m", "b"], [0, Centered, Momentum],
        ["rho", "one_minus_rho", "eps_inside", "eps_outside", "mu", "gain", "step", "mean_weight"],
        ["centered", "momentum", "nesterov"]);
}
