using NativeOpt.Interop;

namespace NativeOpt;

/// <summary>
/// Gives every row mean 0 and variance 1, then scales and moves each column: y = gamma (x - mean) / sqrt(variance + epsilon) + beta
/// (Ba, Kiros and Hinton 2016). It does the same in training and prediction.
/// </summary>
public sealed class LayerNormalization : Normalization
{
    /// <summary>A layer normalization layer.</summary>
    /// <param name="epsilon">Added to the variance: 1e-3 by default, 1e-5 under PyTorch's convention. Greater than 0.</param>
    /// <param name="center">Whether there is a beta; true by default.</param>
    /// <param name="scale">Whether there is a gamma; true by default.</param>
    /// <param name="betaInitializer">First values of beta; "zeros" by default.</param>
    /// <param name="gammaInitializer">First values of gamma; "ones" by default.</param>
    /// <param name="betaRegularizer">Penalty of beta, an object or text such as "l2(0.001)"; none by default.</param>
    /// <param name="gammaRegularizer">Penalty of gamma; none by default.</param>
    /// <param name="betaConstraint">What beta is brought back to after each step; nothing by default.</param>
    /// <param name="gammaConstraint">The same for gamma.</param>
    /// <param name="convention">Whose default of epsilon: Keras by default.</param>
    /// <param name="name">Name of the layer; by default "layer_normalization", "layer_normalization_1", ...</param>
    /// <exception cref="ArgumentOutOfRangeException">epsilon is outside its range.</exception>
    /// <exception cref="ArgumentException">The name is empty or has a slash.</exception>
    public LayerNormalization(
        double? epsilon = null, bool center = true, bool scale = true, Initializer? betaInitializer = null,
        Initializer? gammaInitializer = null, Regularizer? betaRegularizer = null, Regularizer? gammaRegularizer = null,
        Constraint? betaConstraint = null, Constraint? gammaConstraint = null, Convention convention = Convention.Keras,
        string? name = null)
        : base(name)
    {
        Epsilon = Require.Positive(epsilon ?? (convention == Convention.PyTorch ? 1e-5 : 1e-3), nameof(epsilon));
        Convention = convention;
        BetaInitializer = center ? betaInitializer ?? Initializer.Zeros : null;
        GammaInitializer = scale ? gammaInitializer ?? Initializer.Ones : null;
        (BetaRegularizer, GammaRegularizer) = (betaRegularizer, gammaRegularizer);
        (BetaConstraint, GammaConstraint) = (betaConstraint, gammaConstraint);
    }

    /// <summary>Whether there is a beta.</summary>
    public bool Center => BetaInitializer is not null;

    /// <summary>Whether there is a gamma.</summary>
    public bool Scale => GammaInitializer is not null;

    /// <summary>The settings, without those at their defaults.</summary>
    internal ScheduleSettings GetSettings() => GetAffineSettings();

    /// <inheritdoc/>
    internal override string TypeName => "layer_normalization";

    /// <inheritdoc/>
    private protected override NoptNormalization Kind => NoptNormalization.Layer;

    /// <inheritdoc/>
    internal override IReadOnlyList<BufferDescription> DescribeBuffers() => [new(1), new(1)];
}
