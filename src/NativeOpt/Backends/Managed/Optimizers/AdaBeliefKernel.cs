using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// AdaBelief (Zhuang et al. 2020, algorithm 2): the step is divided by how far the gradient is from its mean. The bias
/// corrections are folded into step, gradient_step and eps.
/// </summary>
internal readonly struct AdaBeliefKernel<T> : IOptimizerKernel<AdaBeliefKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _beta1, _oneMinusBeta1, _beta2, _oneMinusBeta2, _epsRoot, _step, _gradientStep, _eps;
    private readonly bool _nesterov;

    private AdaBeliefKernel(ReadOnlySpan<double> scalars, uint variant)
    {
        _nesterov = (variant & AdaBeliefKernel.Nesterov) != 0;
        _beta1 = VectorMath.Broadcast<T>(scalars[0]);
        _oneMinusBeta1 = VectorMath.Broadcast<T>(scalars[1]);
        _beta2 = VectorMath.Broadcast<T>(scalars[2]);
        _oneMinusBeta2 = VectorMath.Broadcast<T>(scalars[3]);
        _epsRoot = VectorMath.Broadcast<T>(scalars[4]);
        _step = VectorMath.Broadcast<T>(scalars[5]);
        _gradientStep = VectorMath.Broadcast<T>(scalars[6]);
        _eps = VectorMath.Broadcast<T>(scalars[7]);
    }

    /// <inheritdoc/>
    public static AdaBeliefKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars, variant);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots)
    {
        ref Vector<T> m = ref slots[0], v = ref slots[1];
        m = _beta1 * m + _oneMinusBeta1 * g;
        Vector<T> surprise = g - m;
        v = _beta2 * v + _oneMinusBeta2 * (surprise * surprise) + _epsRoot;
        Vector<T> u = _step * m;
        if (_nesterov)
            u += _gradientStep * g;
        return w - u / (Vector.SquareRoot(v) + _eps);
    }
}

/// <summary>Describes <see cref="AdaBeliefKernel{T}"/>.</summary>
internal static class AdaBeliefKernel
{
    public const uint Nesterov = 1;

    public static readonly OptimizerDescription Description = new("adabelief", ["m", "v"], [0, 0],
        ["beta1", "one_minus_beta1", "beta2", "one_minus_beta2", "eps_root", "step", "gradient_step", "eps"], ["nesterov"]);
}
