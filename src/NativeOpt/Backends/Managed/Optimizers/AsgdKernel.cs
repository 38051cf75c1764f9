using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// Averaged gradient descent (Polyak &amp; Juditsky 1992): the slot ax is the mean of the weights, or their copy while mu is 1.
/// </summary>
internal readonly struct AsgdKernel<T> : IOptimizerKernel<AsgdKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _shrink, _step, _mu;

    private AsgdKernel(ReadOnlySpan<double> scalars)
    {
        _shrink = VectorMath.Broadcast<T>(scalars[0]);
        _step = VectorMath.Broadcast<T>(scalars[1]);
        _mu = VectorMath.Broadcast<T>(scalars[2]);
    }

    /// <inheritdoc/>
    public static AsgdKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots)
    {
        ref Vector<T> ax = ref slots[0];
        w = _shrink * w - _step * g;
        ax = Vector.ConditionalSelect(Vector.LessThan(_mu, Vector<T>.One), ax + _mu * (w - ax), w);
        return w;
    }
}

/// <summary>Describes <see cref="AsgdKernel{T}"/>.</summary>
internal static class AsgdKernel
{
    public static readonly OptimizerDescription Description = new("asgd", ["ax"], [0], ["shrink", "step", "mu"], []);
}
