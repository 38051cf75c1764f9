using System.Numerics;
using System.Runtime.CompilerServices;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// Fromage (Bernstein et al. 2020, algorithm 1): a step over a tensor as long as the learning rate times the norm of its weights, which
/// then shrink by shrink so that they do not grow without limit.
/// </summary>
internal readonly struct FromageKernel<T> : ILayerwiseKernel<FromageKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _shrink, _factor;

    private FromageKernel(ReadOnlySpan<double> scalars)
    {
        _shrink = VectorMath.Broadcast<T>(scalars[1]);
        _factor = VectorMath.Broadcast<T>(scalars[3]);
    }

    /// <inheritdoc/>
    public static FromageKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (Vector<T> First, Vector<T> Second) Measure(Vector<T> w, Vector<T> g, Span<Vector<T>> slots) => (w * w, g * g);

    /// <inheritdoc/>
    public static double Combine(ReadOnlySpan<double> sums, ReadOnlySpan<double> scalars, Span<double> numbers)
    {
        double weights = AtLeast(Math.Sqrt(sums[0]), scalars[2]), gradients = AtLeast(Math.Sqrt(sums[1]), scalars[2]);
        return scalars[0] * (weights == 0 || gradients == 0 ? 1 : weights / gradients);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots) => _shrink * w - _factor * g;

    /// <summary>NaN stays NaN.</summary>
    private static double AtLeast(double norm, double limit) => norm <= limit ? limit : norm;
}

/// <summary>Describes <see cref="FromageKernel{T}"/>.</summary>
internal static class FromageKernel
{
    public static readonly OptimizerDescription Description = new("fromage", [], [],
        ["step", "shrink", "min_norm"], [])
    {
        Scope = NoptScope.Tensor,
    };
}
