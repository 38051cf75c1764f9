using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// MADGRAD (Defazio and Jelassi 2021, algorithm 1): dual averaging with the cube root. x0 holds the first weights;
/// gain = (lr + eps) sqrt(t).
/// </summary>
internal readonly struct MadgradKernel<T> : IOptimizerKernel<MadgradKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _gain, _eps, _oneMinusMu;

    private MadgradKernel(ReadOnlySpan<double> scalars)
    {
        _gain = VectorMath.Broadcast<T>(scalars[0]);
        _eps = VectorMath.Broadcast<T>(scalars[1]);
        _oneMinusMu = VectorMath.Broadcast<T>(scalars[2]);
    }

    /// <inheritdoc/>
    public static MadgradKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots)
    {
        ref Vector<T> v = ref slots[0], sum = ref slots[1], x0 = ref slots[2];
        v = v + _gain * (g * g);
        sum = sum + _gain * g;
        Vector<T> z = x0 - sum / (VectorMath.CubeRoot(v) + _eps);
        return w + _oneMinusMu * (z - w);
    }
}

/// <summary>Describes <see cref="MadgradKernel{T}"/>.</summary>
internal static class MadgradKernel
{
    public static readonly OptimizerDescription Description = new("madgrad", ["v", "sum", "x0"], [0, 0, 0],
        ["gain", "eps", "one_minus_mu"], []);
}
