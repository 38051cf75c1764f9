using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// Adam (Kingma &amp; Ba 2015, algorithm 1 with the bias corrections folded into step, and for PyTorch's form also into eps);
/// AMSGrad (Reddi et al. 2018) divides by the largest v so far.
/// </summary>
internal readonly struct AdamKernel<T> : IOptimizerKernel<AdamKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _beta1, _oneMinusBeta1, _beta2, _oneMinusBeta2, _step, _eps;
    private readonly bool _amsGrad;

    private AdamKernel(ReadOnlySpan<double> scalars, uint variant)
    {
        _amsGrad = (variant & AdamKernel.AmsGrad) != 0;
        _beta1 = VectorMath.Broadcast<T>(scalars[0]);
        _oneMinusBeta1 = VectorMath.Broadcast<T>(scalars[1]);
        _beta2 = VectorMath.Broadcast<T>(scalars[2]);
        _oneMinusBeta2 = VectorMath.Broadcast<T>(scalars[3]);
        _step = VectorMath.Broadcast<T>(scalars[4]);
        _eps = VectorMath.Broadcast<T>(scalars[5]);
    }

    /// <inheritdoc/>
    public static AdamKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars, variant);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots)
    {
        ref Vector<T> m = ref slots[0], v = ref slots[1], vhat = ref slots[2];
        m = _beta1 * m + _oneMinusBeta1 * g;
        v = _beta2 * v + _oneMinusBeta2 * (g * g);
        if (_amsGrad)
            vhat = VectorMath.Max(vhat, v);
        Vector<T> d = Vector.SquareRoot(_amsGrad ? vhat : v) + _eps;
        return w - (_step * m) / d;
    }
}

/// <summary>Describes <see cref="AdamKernel{T}"/>.</summary>
internal static class AdamKernel
{
    public const uint AmsGrad = 1;

    public static readonly OptimizerDescription Description = new("adam", ["m", "v", "vhat"], [0, 0, AmsGrad],
        ["beta1", "one_minus_beta1", "beta2", "one_minus_beta2", "step", "eps"], ["amsgrad"]);
}
