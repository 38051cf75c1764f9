using System.Numerics;
using System.Runtime.CompilerServices;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// LARS (You, Gitman &amp; Ginsburg 2017, algorithm 1): the gradient of a tensor is scaled to a share of the norm of its weights, then
/// momentum. Weight decay is in the gradient.
/// </summary>
internal readonly struct LarsKernel<T> : ILayerwiseKernel<LarsKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _mu, _factor;
    private readonly bool _momentum, _nesterov;

    private LarsKernel(ReadOnlySpan<double> scalars, uint variant)
    {
        _momentum = (variant & LarsKernel.Momentum) != 0;
        _nesterov = (variant & LarsKernel.Nesterov) != 0;
        _mu = VectorMath.Broadcast<T>(scalars[1]);
        _factor = VectorMath.Broadcast<T>(scalars[5]);
    }

    /// <inheritdoc/>
    public static LarsKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars, variant);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (Vector<T> First, Vector<T> Second) Measure(Vector<T> w, Vector<T> g, Span<Vector<T>> slots) => (w * w, g * g);

    /// <inheritdoc/>
    public static double Combine(ReadOnlySpan<double> sums, ReadOnlySpan<double> scalars, Span<double> numbers)
    {
        bool adapts = scalars[4] != 0 && sums[0] != 0 && sums[1] != 0;
        return scalars[0] * (adapts ? scalars[2] * Math.Sqrt(sums[0]) / (Math.Sqrt(sums[1]) + scalars[3]) : 1);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots)
    {
        Vector<T> u = _factor * g;
        if (!_momentum)
            return w - u;
        ref Vector<T> b = ref slots[0];
        b = _mu * b + u;
        return w - (_nesterov ? _mu * b + u : b);
    }
}

/// <summary>Describes <see cref="LarsKernel{T}"/>.</summary>
internal static class LarsKernel
{
    public const uint Momentum = 1, Nesterov = 2;

    public static readonly OptimizerDescription Description = new("lars", ["b"], [Momentum],
        ["lr", "mu", "trust_coefficient", "eps", "adapts"], ["momentum", "nesterov"])
    {
        Scope = NoptScope.Tensor,
    };
}
