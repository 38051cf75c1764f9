using NativeOpt.Gradients;
using NativeOpt.Optimizers;

namespace NativeOpt;

/// <summary>
/// Limits gradients in place, for loops that update parameters themselves. Optimizers do the same by
/// <see cref="OptimizerRule.ClipValue"/>, <see cref="OptimizerRule.ClipNorm"/>, <see cref="OptimizerRule.GlobalClipNorm"/> and
/// <see cref="OptimizerRule.AdaptiveClip"/>.
/// </summary>
/// <remarks>
/// Norms are (sum |g|^p)^(1/p), summed in double in a fixed order. A gradient that is infinite or NaN makes the norm so, and the
/// clipped gradients NaN: look at the norm that is returned, or let errorIfNonFinite refuse it.
/// </remarks>
public static class GradientClipping
{
    /// <summary>Limits each element to [-limit, limit]; NaN stays. PyTorch's clip_grad_value_, Keras' clipvalue.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not finite and positive.</exception>
    public static void ByValue(Span<float> gradients, double limit) => Clip<float>.ByValue(gradients, limit);

    /// <inheritdoc cref="ByValue(Span{float}, double)"/>
    public static void ByValue(Span<double> gradients, double limit) => Clip<double>.ByValue(gradients, limit);

    /// <summary>Scales one array down to a norm, if its norm is larger.</summary>
    /// <param name="gradients">In and out.</param>
    /// <param name="limit">The largest norm.</param>
    /// <param name="order">p: greater than 0, 2 by default; infinity is the largest |g|.</param>
    /// <param name="convention">
    /// The factor above the limit: limit/norm (Keras, default) or limit/(norm + 1e-6), at most 1 (PyTorch).
    /// </param>
    /// <param name="errorIfNonFinite">Refuse gradients whose norm is infinite or NaN.</param>
    /// <returns>The norm before.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not finite and positive, or the order is not positive.</exception>
    /// <exception cref="NotFiniteNumberException">The norm is infinite or NaN and that is to be refused; nothing has changed.</exception>
    public static double ByNorm(Span<float> gradients, double limit, double order = 2, Convention convention = Convention.Keras,
        bool errorIfNonFinite = false) =>
        Clip<float>.ByNorm(gradients, LimitOf(ClipKind.ParameterNorm, limit, order, convention), errorIfNonFinite);

    /// <inheritdoc cref="ByNorm(Span{float}, double, double, Convention, bool)"/>
    public static double ByNorm(Span<double> gradients, double limit, double order = 2, Convention convention = Convention.Keras,
        bool errorIfNonFinite = false) =>
        Clip<double>.ByNorm(gradients, LimitOf(ClipKind.ParameterNorm, limit, order, convention), errorIfNonFinite);

    /// <summary>
    /// Scales several arrays down by one factor, if the norm of all of them together is larger than the limit. PyTorch's
    /// clip_grad_norm_ (<see cref="Convention.PyTorch"/>), Keras' global_clipnorm.
    /// </summary>
    /// <param name="gradients">In and out.</param>
    /// <param name="limit">The largest norm.</param>
    /// <param name="order">p: greater than 0, 2 by default; infinity is the largest |g|.</param>
    /// <param name="convention">
    /// The factor above the limit: limit/norm (Keras, default) or limit/(norm + 1e-6), at most 1 (PyTorch).
    /// </param>
    /// <param name="errorIfNonFinite">Refuse gradients whose norm is infinite or NaN.</param>
    /// <returns>The norm before.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not finite and positive, or the order is not positive.</exception>
    /// <exception cref="NotFiniteNumberException">The norm is infinite or NaN and that is to be refused; nothing has changed.</exception>
    public static double ByGlobalNorm(IReadOnlyList<Memory<float>> gradients, double limit, double order = 2,
        Convention convention = Convention.Keras, bool errorIfNonFinite = false) =>
        Clip<float>.ByGlobalNorm(gradients, LimitOf(ClipKind.GlobalNorm, limit, order, convention), errorIfNonFinite);

    /// <inheritdoc cref="ByGlobalNorm(IReadOnlyList{Memory{float}}, double, double, Convention, bool)"/>
    public static double ByGlobalNorm(IReadOnlyList<Memory<double>> gradients, double limit, double order = 2,
        Convention convention = Convention.Keras, bool errorIfNonFinite = false) =>
        Clip<double>.ByGlobalNorm(gradients, LimitOf(ClipKind.GlobalNorm, limit, order, convention), errorIfNonFinite);

    /// <summary>
    /// Adaptive clipping (Brock et al. 2021, https://arxiv.org/abs/2102.06171), as <see cref="OptimizerRule.AdaptiveClip"/> does.
    /// </summary>
    /// <param name="gradients">[rows, units], row-major; in and out.</param>
    /// <param name="weights">[rows, units]: what the gradients belong to.</param>
    /// <param name="units">Columns; 1 for a vector as a whole.</param>
    /// <param name="clipping">Largest norm of a unit's gradient, as a share of the norm of its weights.</param>
    /// <param name="epsilon">Smallest norm of weights.</param>
    /// <exception cref="ArgumentException">The lengths differ, or are no multiple of the number of units, or the spans overlap.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// Units is not positive, clipping not finite and positive, or epsilon negative.
    /// </exception>
    public static void Adaptive(Span<float> gradients, ReadOnlySpan<float> weights, int units, double clipping, double epsilon = 1e-3) =>
        Clip<float>.Adaptive(gradients, weights, units, clipping, epsilon);

    /// <inheritdoc cref="Adaptive(Span{float}, ReadOnlySpan{float}, int, double, double)"/>
    public static void Adaptive(Span<double> gradients, ReadOnlySpan<double> weights, int units, double clipping, double epsilon = 1e-3) =>
        Clip<double>.Adaptive(gradients, weights, units, clipping, epsilon);

    /// <summary>The norm of an array.</summary>
    /// <param name="gradients">The array.</param>
    /// <param name="order">p: greater than 0, 2 by default; infinity is the largest |g|.</param>
    /// <exception cref="ArgumentOutOfRangeException">The order is not positive.</exception>
    public static double Norm(ReadOnlySpan<float> gradients, double order = 2) =>
        Clip<float>.Norm(gradients, Require.Order(order, nameof(order)));

    /// <inheritdoc cref="Norm(ReadOnlySpan{float}, double)"/>
    public static double Norm(ReadOnlySpan<double> gradients, double order = 2) =>
        Clip<double>.Norm(gradients, Require.Order(order, nameof(order)));

    private static Clipping LimitOf(ClipKind kind, double limit, double order, Convention convention) =>
        new(kind, Require.Positive(limit, nameof(limit)), Require.Order(order, nameof(order)), convention);
}
