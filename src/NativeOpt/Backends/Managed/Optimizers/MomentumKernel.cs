using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// Gradient descent with heavy-ball momentum (Polyak 1964). The host chooses where the learning rate acts: Keras puts it into
/// the velocity (gain = -lr, step = -1), PyTorch outside (gain = 1 - dampening, step = lr).
/// </summary>
internal readonly struct MomentumKernel<T> : IOptimizerKernel<MomentumKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _mu, _gain, _step;

    private MomentumKernel(ReadOnlySpan<double> scalars)
    {
        _mu = VectorMath.Broadcast<T>(scalars[0]);
        _gain = VectorMath.Broadcast<T>(scalars[1]);
        _step = VectorMath.Broadcast<T>(scalars[2]);
    }

    /// <inheritdoc/>
    public static MomentumKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots)
    {
        ref Vector<T> v = ref slots[0];
        v = _mu * v + _gain * g;
        return w - _step * v;
    }
}

/// <summary>Describes <see cref="MomentumKernel{T}"/>.</summary>
internal static class MomentumKernel
{
    public static readonly OptimizerDescription Description = new("momentum", ["v"], [0], ["mu", "gain", "step"], []);
}
