using System.Numerics;
using System.Runtime.CompilerServices;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// NovoGrad (Ginsburg et al. 2019, algorithm 1): Adam with one second moment, v, for a whole tensor.
/// </summary>
internal readonly struct NovoGradKernel<T> : ILayerwiseKernel<NovoGradKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _beta1, _decay, _lr, _factor;

    private NovoGradKernel(ReadOnlySpan<double> scalars)
    {
        _beta1 = VectorMath.Broadcast<T>(scalars[0]);
        _decay = VectorMath.Broadcast<T>(scalars[5]);
        _lr = VectorMath.Broadcast<T>(scalars[6]);
        _factor = VectorMath.Broadcast<T>(scalars[7]);
    }

    /// <inheritdoc/>
    public static NovoGradKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (Vector<T> First, Vector<T> Second) Measure(Vector<T> w, Vector<T> g, Span<Vector<T>> slots) => (g * g, Vector<T>.Zero);

    /// <inheritdoc/>
    public static double Combine(ReadOnlySpan<double> sums, ReadOnlySpan<double> scalars, Span<double> numbers)
    {
        ref double v = ref numbers[0];
        v = scalars[1] * v + scalars[2] * sums[0];
        return 1 / (Math.Sqrt(v + scalars[3]) + scalars[4]);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots)
    {
        ref Vector<T> m = ref slots[0];
        m = _beta1 * m + (_factor * g + _decay * w);
        return w - _lr * m;
    }
}

/// <summary>Describes <see cref="NovoGradKernel{T}"/>.</summary>
internal static class NovoGradKernel
{
    public static readonly OptimizerDescription Description = new("novograd", ["m"], [0],
        ["beta1", "beta2", "one_minus_beta2", "eps_root", "eps", "decay", "lr"], [])
    {
        Scope = NoptScope.Tensor,
        NumberNames = ["v"],
    };
}
