using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// Resilient backpropagation (Riedmiller &amp; Braun 1993): only the signs of the gradient count. Step sizes grow while they stay
/// and shrink when they turn; an element that turned stands still for one step.
/// </summary>
internal readonly struct RpropKernel<T> : IOptimizerKernel<RpropKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _etaMinus, _etaPlus, _stepMin, _stepMax;

    private RpropKernel(ReadOnlySpan<double> scalars)
    {
        _etaMinus = VectorMath.Broadcast<T>(scalars[0]);
        _etaPlus = VectorMath.Broadcast<T>(scalars[1]);
        _stepMin = VectorMath.Broadcast<T>(scalars[2]);
        _stepMax = VectorMath.Broadcast<T>(scalars[3]);
    }

    /// <inheritdoc/>
    public static RpropKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots)
    {
        ref Vector<T> previous = ref slots[0], step = ref slots[1];
        g = VectorMath.FlushSubnormals(g);
        Vector<T> same = VectorMath.Sign(g) * VectorMath.Sign(VectorMath.FlushSubnormals(previous));
        Vector<T> turned = Vector.LessThan(same, Vector<T>.Zero);
        // same + 1 is 1 for 0 and NaN for NaN.
        Vector<T> eta = Vector.ConditionalSelect(Vector.GreaterThan(same, Vector<T>.Zero), _etaPlus,
            Vector.ConditionalSelect(turned, _etaMinus, same + Vector<T>.One));
        step = VectorMath.Clamp(step * eta, _stepMin, _stepMax);
        previous = Vector.ConditionalSelect(turned, Vector<T>.Zero, g);
        return w - VectorMath.Sign(previous) * step;
    }
}

/// <summary>Describes <see cref="RpropKernel{T}"/>.</summary>
internal static class RpropKernel
{
    public static readonly OptimizerDescription Description = new("rprop", ["previous", "step"], [0, 0],
        ["eta_minus", "eta_plus", "step_min", "step_max"], []);
}
