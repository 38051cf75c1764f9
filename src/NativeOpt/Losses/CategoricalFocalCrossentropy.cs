using NativeOpt.Interop;

namespace NativeOpt;

/// <summary>
/// -sum alpha (1 - p)^gamma t log p along each row (Lin et al. 2017). Keras CategoricalFocalCrossentropy. Behind a softmax layer
/// and of logits it is computed without the limits on p; probabilities are divided by their sum, then limited to
/// [1e-7, 1 - 1e-7].
/// </summary>
public sealed record CategoricalFocalCrossentropy : Loss
{
    /// <summary>How much right answers are played down; at least 0, default 2. With 0 there is no difference.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Gamma { get; init => field = Require.NotNegative(value, nameof(Gamma)); } = 2;

    /// <summary>Factor of all classes; at least 0, default 0.25.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Alpha { get; init => field = Require.NotNegative(value, nameof(Alpha)); } = 0.25;

    /// <summary>
    /// A factor for the terms of each class, as many as there are outputs; null (default): none. Keras' list of
    /// alphas is this with an <see cref="Alpha"/> of 1.
    /// </summary>
    public IReadOnlyList<double>? ClassWeights { get; init; }

    /// <summary>True: the model's outputs are before the softmax. False (default): they are probabilities.</summary>
    public bool FromLogits { get; init; }

    /// <summary>
    /// Label smoothing s (Szegedy et al. 2016): a target t becomes t (1 - s) + s / classes. In [0, 1], default 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double LabelSmoothing { get; init => field = Require.Fraction(value, nameof(LabelSmoothing)); }

    /// <inheritdoc/>
    public override string Name => "categorical_focal_crossentropy";

    /// <inheritdoc/>
    internal override bool TakesLogits => FromLogits;

    /// <inheritdoc/>
    internal override bool HasRightAnswers => true;

    /// <inheritdoc/>
    internal override IReadOnlyList<double>? TermWeights => ClassWeights;

    /// <inheritdoc/>
    internal override Activation FusedActivation => Activation.Softmax;

    /// <inheritdoc/>
    internal override NoptLossArgs Describe(bool fromLogits) => new()
    {
        Loss = (int)NoptLoss.CategoricalFocalCrossEntropy,
        Flags = ProbabilityFlags(fromLogits, Convention.Keras),
        Gamma = Gamma,
        Alpha = Alpha,
        LabelSmoothing = LabelSmoothing,
    };
}
