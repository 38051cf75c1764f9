using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// Adagrad (Duchi, Hazan &amp; Singer 2011): divides by the root of the sum of all squared gradients. Keras adds epsilon under the
/// root (eps_inside), PyTorch to it (eps_outside).
/// </summary>
internal readonly struct AdagradKernel<T> : IOptimizerKernel<AdagradKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _epsInside, _epsOutside, _step;

    private AdagradKernel(ReadOnlySpan<double> scalars)
    {
        _epsInside = VectorMath.Broadcast<T>(scalars[0]);
        _epsOutside = VectorMath.Broadcast<T>(scalars[1]);
        _step = VectorMath.Broadcast<T>(scalars[2]);
    }

    /// <inheritdoc/>
    public static AdagradKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots)
    {
        ref Vector<T> v = ref slots[0];
        v += g * g;
        return w - (_step * g) / (Vector.SquareRoot(v + _epsInside) + _epsOutside);
    }
}

/// <summary>Describes <see cref="AdagradKernel{T}"/>.</summary>
internal static class AdagradKernel
{
    public static readonly OptimizerDescription Description = new("adagrad", ["v"], [0], ["eps_inside", "eps_outside", "step"], []);
}
