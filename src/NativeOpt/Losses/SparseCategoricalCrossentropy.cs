using NativeOpt.Interop;

namespace NativeOpt;

/// <summary>
/// -log p[label] of each row, p the predicted probabilities. Targets are class numbers in [0, classes). Behind a softmax layer
/// both are computed together from what the softmax would get. Keras SparseCategoricalCrossentropy; PyTorch CrossEntropyLoss,
/// which takes logits.
/// </summary>
public sealed record SparseCategoricalCrossentropy : Loss
{
    /// <summary>True: the model's outputs are before the softmax. False (default): they are probabilities.</summary>
    public bool FromLogits { get; init; }

    /// <summary>
    /// Label smoothing s (Szegedy et al. 2016): a target t becomes t (1 - s) + s / classes. In [0, 1], default 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double LabelSmoothing { get; init => field = Require.Fraction(value, nameof(LabelSmoothing)); }

    /// <summary>
    /// A factor for the terms of each class, as many as there are outputs; null (default): none. PyTorch's weight: with
    /// <see cref="Reduction.MeanWithSampleWeight"/> the weights of the labels are in the divisor too.
    /// </summary>
    public IReadOnlyList<double>? ClassWeights { get; init; }

    /// <summary>
    /// A label whose rows count nowhere: neither in the loss nor in the number of rows it is divided by. It may be outside
    /// [0, classes), such as -1 or 255. Null (default): none. Keras' ignore_class, PyTorch's ignore_index. An accuracy counts these
    /// rows, as in Keras.
    /// </summary>
    public int? IgnoreClass { get; init; }

    /// <summary>
    /// How probabilities are treated. Keras (default): divided by the sum of the row and then limited to [1e-7, 1 - 1e-7], without
    /// gradient where they were limited; the sum counts as a constant in the gradient. PyTorch: as they are. Without effect on
    /// logits and behind a softmax layer.
    /// </summary>
    public Convention Convention { get; init; } = Convention.Keras;

    /// <inheritdoc/>
    public override string Name => "sparse_categorical_crossentropy";

    /// <inheritdoc/>
    internal override bool TakesLogits => FromLogits;

    /// <inheritdoc/>
    internal override bool TakesLabels => true;

    /// <inheritdoc/>
    internal override int? IgnoredLabel => IgnoreClass;

    /// <inheritdoc/>
    internal override bool HasRightAnswers => true;

    /// <inheritdoc/>
    internal override IReadOnlyList<double>? TermWeights => ClassWeights;

    /// <inheritdoc/>
    internal override Activation FusedActivation => Activation.Softmax;

    /// <inheritdoc/>
    internal override NoptLossArgs Describe(bool fromLogits) => new()
    {
        Loss = (int)NoptLoss.SparseCategoricalCrossEntropy,
        Flags = ProbabilityFlags(fromLogits, Convention) | (IgnoreClass is null ? 0 : (uint)NoptLossFlags.IgnoreClass),
        IgnoreClass = IgnoreClass ?? 0,
        LabelSmoothing = LabelSmoothing,
    };
}
