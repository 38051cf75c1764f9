using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// Nadam (Dozat 2016, algorithm 8): Adam that adds the gradient to the momentum once more. The schedule of momenta and the bias
/// corrections are in the two steps and the epsilons. With a gradient_step of 0 it is Adam with an epsilon under the root.
/// </summary>
internal readonly struct NadamKernel<T> : IOptimizerKernel<NadamKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _beta1, _oneMinusBeta1, _beta2, _oneMinusBeta2, _gradientStep, _momentumStep, _epsRoot, _eps;

    private NadamKernel(ReadOnlySpan<double> scalars)
    {
        _beta1 = VectorMath.Broadcast<T>(scalars[0]);
        _oneMinusBeta1 = VectorMath.Broadcast<T>(scalars[1]);
        _beta2 = VectorMath.Broadcast<T>(scalars[2]);
        _oneMinusBeta2 = VectorMath.Broadcast<T>(scalars[3]);
        _gradientStep = VectorMath.Broadcast<T>(scalars[4]);
        _momentumStep = VectorMath.Broadcast<T>(scalars[5]);
        _epsRoot = VectorMath.Broadcast<T>(scalars[6]);
        _eps = VectorMath.Broadcast<T>(scalars[7]);
    }

    /// <inheritdoc/>
    public static NadamKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots)
    {
        ref Vector<T> m = ref slots[0], v = ref slots[1];
        m = _beta1 * m + _oneMinusBeta1 * g;
        v = _beta2 * v + _oneMinusBeta2 * (g * g);
        return w - (_gradientStep * g + _momentumStep * m) / (Vector.SquareRoot(v + _epsRoot) + _eps);
    }
}

/// <summary>Describes <see cref="NadamKernel{T}"/>.</summary>
internal static class NadamKernel
{
    public static readonly OptimizerDescription Description = new("nadam", ["m", "v"], [0, 0],
        ["beta1", "one_minus_beta1", "beta2", "one_minus_beta2", "gradient_step", "momentum_step", "eps_root", "eps"], []);
}
