using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// Adan (Xie et al. 2022, algorithm 1): Nesterov's look-ahead from the change of the gradient. The bias corrections are
/// folded into step, change_step, eps_root and eps; change is 0 in the first step and 1 later.
/// </summary>
internal readonly struct AdanKernel<T> : IOptimizerKernel<AdanKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _beta1, _oneMinusBeta1, _beta2, _oneMinusBeta2, _beta3, _oneMinusBeta3;
    private readonly Vector<T> _change, _weight, _step, _changeStep, _epsRoot, _eps;

    private AdanKernel(ReadOnlySpan<double> scalars)
    {
        _beta1 = VectorMath.Broadcast<T>(scalars[0]);
        _oneMinusBeta1 = VectorMath.Broadcast<T>(scalars[1]);
        _beta2 = VectorMath.Broadcast<T>(scalars[2]);
        _oneMinusBeta2 = VectorMath.Broadcast<T>(scalars[3]);
        _beta3 = VectorMath.Broadcast<T>(scalars[4]);
        _oneMinusBeta3 = VectorMath.Broadcast<T>(scalars[5]);
        _change = VectorMath.Broadcast<T>(scalars[6]);
        _weight = VectorMath.Broadcast<T>(scalars[7]);
        _step = VectorMath.Broadcast<T>(scalars[8]);
        _changeStep = VectorMath.Broadcast<T>(scalars[9]);
        _epsRoot = VectorMath.Broadcast<T>(scalars[10]);
        _eps = VectorMath.Broadcast<T>(scalars[11]);
    }

    /// <inheritdoc/>
    public static AdanKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots)
    {
        ref Vector<T> m = ref slots[0], v = ref slots[1], n = ref slots[2], previous = ref slots[3];
        Vector<T> d = _change * (g - previous);
        previous = g;
        m = _beta1 * m + _oneMinusBeta1 * g;
        v = _beta2 * v + _oneMinusBeta2 * d;
        Vector<T> ahead = g + _weight * d;
        n = _beta3 * n + _oneMinusBeta3 * (ahead * ahead);
        return w - (_step * m + _changeStep * v) / (Vector.SquareRoot(n + _epsRoot) + _eps);
    }
}

/// <summary>Describes <see cref="AdanKernel{T}"/>.</summary>
internal static class AdanKernel
{
    public static readonly OptimizerDescription Description = new("adan", ["m", "v", "n", "previous"], [0, 0, 0, 0],
        [
            "beta1", "one_minus_beta1", "beta2", "one_minus_beta2", "beta3", "one_minus_beta3",
            "change", "weight", "step", "change_step", "eps_root", "eps",
        ], []);
}
