using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// Nesterov's accelerated gradient in the form of Sutskever et al. (2013): the step looks one velocity ahead. gain and step as
/// in <see cref="MomentumKernel{T}"/>.
/// </summary>
internal readonly struct NesterovKernel<T> : IOptimizerKernel<NesterovKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _mu, _gain, _step;

    private NesterovKernel(ReadOnlySpan<double> scalars)
    {
        _mu = VectorMath.Broadcast<T>(scalars[0]);
        _gain = VectorMath.Broadcast<T>(scalars[1]);
        _step = VectorMath.Broadcast<T>(scalars[2]);
    }

    /// <inheritdoc/>
    public static NesterovKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots)
    {
        ref Vector<T> v = ref slots[0];
        v = _mu * v + _gain * g;
        return w - _step * (_mu * v + _gain * g);
    }
}

/// <summary>Describes <see cref="NesterovKernel{T}"/>.</summary>
internal static class NesterovKernel
{
    public static readonly OptimizerDescription Description = new("nesterov", ["v"], [0], ["mu", "gain", "step"], []);
}
