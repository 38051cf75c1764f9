using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// Sign SGD and Signum (Bernstein et al. 2018, algorithms 1 and 2): the sign of the gradient, or of its mean.
/// </summary>
internal readonly struct SignSgdKernel<T> : IOptimizerKernel<SignSgdKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _beta, _oneMinusBeta, _step;
    private readonly bool _momentum;

    private SignSgdKernel(ReadOnlySpan<double> scalars, uint variant)
    {
        _momentum = (variant & SignSgdKernel.Momentum) != 0;
        _beta = VectorMath.Broadcast<T>(scalars[0]);
        _oneMinusBeta = VectorMath.Broadcast<T>(scalars[1]);
        _step = VectorMath.Broadcast<T>(scalars[2]);
    }

    /// <inheritdoc/>
    public static SignSgdKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars, variant);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots)
    {
        Vector<T> u = g;
        if (_momentum)
            u = slots[0] = _beta * slots[0] + _oneMinusBeta * g;
        return w - _step * VectorMath.Sign(u);
    }
}

/// <summary>Describes <see cref="SignSgdKernel{T}"/>.</summary>
internal static class SignSgdKernel
{
    public const uint Momentum = 1;

    public static readonly OptimizerDescription Description = new("sign_sgd", ["m"], [Momentum],
        ["beta", "one_minus_beta", "step"], ["momentum"]);
}
