using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// AMSGrad (Reddi et al. 2018, algorithm 2) with the maximum over the bias-corrected second moment; the one over the plain v is
/// a variant of <see cref="AdamKernel{T}"/>.
/// </summary>
internal readonly struct AmsGradKernel<T> : IOptimizerKernel<AmsGradKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _beta1, _oneMinusBeta1, _beta2, _oneMinusBeta2;
    private readonly Vector<T> _correction, _step, _epsRoot, _eps;

    private AmsGradKernel(ReadOnlySpan<double> scalars)
    {
        _beta1 = VectorMath.Broadcast<T>(scalars[0]);
        _oneMinusBeta1 = VectorMath.Broadcast<T>(scalars[1]);
        _beta2 = VectorMath.Broadcast<T>(scalars[2]);
        _oneMinusBeta2 = VectorMath.Broadcast<T>(scalars[3]);
        _correction = VectorMath.Broadcast<T>(scalars[4]);
        _step = VectorMath.Broadcast<T>(scalars[5]);
        _epsRoot = VectorMath.Broadcast<T>(scalars[6]);
        _eps = VectorMath.Broadcast<T>(scalars[7]);
    }

    /// <inheritdoc/>
    public static AmsGradKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots)
    {
        ref Vector<T> m = ref slots[0], v = ref slots[1], vhat = ref slots[2];
        m = _beta1 * m + _oneMinusBeta1 * g;
        v = _beta2 * v + _oneMinusBeta2 * (g * g);
        vhat = VectorMath.Max(vhat, _correction * v);
        return w - (_step * m) / (Vector.SquareRoot(vhat + _epsRoot) + _eps);
    }
}

/// <summary>Describes <see cref="AmsGradKernel{T}"/>.</summary>
internal static class AmsGradKernel
{
    public static readonly OptimizerDescription Description = new("amsgrad", ["m", "v", "vhat"], [0, 0, 0],
        [
            "beta1", "one_minus_beta1", "beta2", "one_minus_beta2",
            "correction", "step", "eps_root", "eps",
        ], []);
}
