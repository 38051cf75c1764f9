using NativeOpt.Interop;
using NativeOpt.Losses;

namespace NativeOpt;

/// <summary>
/// The mean over the columns of a row of -(t log p + (1 - t) log(1 - p)), p the predicted probability, t the target in [0, 1].
/// Behind a sigmoid layer both are computed together from what the sigmoid would get, which is exact where p is near 0 or 1.
/// Keras BinaryCrossentropy; PyTorch BCELoss, and BCEWithLogitsLoss with <see cref="FromLogits"/>.
/// </summary>
public sealed record BinaryCrossentropy : Loss
{
    /// <summary>True: the model's outputs are before the sigmoid. False (default): they are probabilities.</summary>
    public bool FromLogits { get; init; }

    /// <summary>
    /// Label smoothing s (Szegedy et al. 2016): a target t becomes t (1 - s) + s / 2. In [0, 1], default 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double LabelSmoothing { get; init => field = Require.Fraction(value, nameof(LabelSmoothing)); }

    /// <summary>
    /// How probabilities are treated. Keras (default): limited to [1e-7, 1 - 1e-7], without gradient where they were limited.
    /// PyTorch: as they are, with logarithms of at least -100. Without effect on logits and behind a sigmoid layer.
    /// </summary>
    public Convention Convention { get; init; } = Convention.Keras;

    /// <inheritdoc/>
    public override string Name => "binary_crossentropy";

    /// <inheritdoc/>
    internal override bool TakesLogits => FromLogits;

    /// <inheritdoc/>
    internal override bool TakesUnitTargets => true;

    /// <inheritdoc/>
    internal override bool HasRightAnswers => true;

    /// <inheritdoc/>
    internal override RowValue RowValue => RowValue.Mean;

    /// <inheritdoc/>
    internal override Activation FusedActivation => Activation.Sigmoid;

    /// <inheritdoc/>
    internal override NoptLossArgs Describe(bool fromLogits) => new()
    {
        Loss = (int)NoptLoss.BinaryCrossEntropy,
        Flags = ProbabilityFlags(fromLogits, Convention),
        LabelSmoothing = LabelSmoothing,
    };
}
