using NativeOpt.Interop;

namespace NativeOpt;

/// <summary>
/// -sum t log p along each row, p the predicted probabilities, t the target row (one-hot, or a distribution) [batch, classes].
/// Behind a softmax layer both are computed together from what the softmax would get. Keras CategoricalCrossentropy; PyTorch
/// CrossEntropyLoss with targets that are probabilities, for <see cref="FromLogits"/>.
/// </summary>
public sealed record CategoricalCrossentropy : Loss
{
    /// <summary>True: the model's outputs are before the softmax. False (default): they are probabilities.</summary>
    public bool FromLogits { get; init; }

    /// <summary>
    /// Label smoothing s (Szegedy et al. 2016): a target t becomes t (1 - s) + s / classes. In [0, 1], default 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double LabelSmoothing { get; init => field = Require.Fraction(value, nameof(LabelSmoothing)); }

    /// <summary>
    /// A factor for the terms of each class, as many as there are outputs; null (default): none. PyTorch's weight.
    /// </summary>
    public IReadOnlyList<double>? ClassWeights { get; init; }

    /// <summary>
    /// How probabilities are treated. Keras (default): divided by the sum of the row and then limited to [1e-7, 1 - 1e-7], without
    /// gradient where they were limited; the sum counts as a constant in the gradient, which is then not that of the
    /// value where rows do not sum to 1 of themselves. PyTorch: as they are. Without effect on logits and behind a softmax layer.
    /// </summary>
    public Convention Convention { get; init; } = Convention.Keras;

    /// <inheritdoc/>
    public override string Name => "categorical_crossentropy";

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
        Loss = (int)NoptLoss.CategoricalCrossEntropy,
        Flags = ProbabilityFlags(fromLogits, Convention),
        LabelSmoothing = LabelSmoothing,
    };
}
