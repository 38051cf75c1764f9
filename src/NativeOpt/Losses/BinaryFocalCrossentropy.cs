using NativeOpt.Interop;
using NativeOpt.Losses;

namespace NativeOpt;

/// <summary>
/// The mean over the columns of a row of (1 - q)^gamma times the binary cross-entropy of the element, q = t p + (1 - t)(1 - p) the
/// probability of being right (Lin et al. 2017). Keras BinaryFocalCrossentropy. Behind a sigmoid layer and of logits it is
/// computed without the limits on p.
/// </summary>
public sealed record BinaryFocalCrossentropy : Loss
{
    /// <summary>How much right answers are played down; at least 0, default 2. With 0 there is no difference.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Gamma { get; init => field = Require.NotNegative(value, nameof(Gamma)); } = 2;

    /// <summary>Whether class 1 is weighed by alpha and class 0 by 1 - alpha. Default false.</summary>
    public bool ApplyClassBalancing { get; init; }

    /// <summary>Weight of class 1 where classes are balanced; in [0, 1], default 0.25.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Alpha { get; init => field = Require.Fraction(value, nameof(Alpha)); } = 0.25;

    /// <summary>True: the model's outputs are before the sigmoid. False (default): they are probabilities.</summary>
    public bool FromLogits { get; init; }

    /// <summary>
    /// Label smoothing s (Szegedy et al. 2016): a target t becomes t (1 - s) + s / 2. In [0, 1], default 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double LabelSmoothing { get; init => field = Require.Fraction(value, nameof(LabelSmoothing)); }

    /// <inheritdoc/>
    public override string Name => "binary_focal_crossentropy";

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
        Loss = (int)NoptLoss.BinaryFocalCrossEntropy,
        Flags = ProbabilityFlags(fromLogits, Convention.Keras) | (ApplyClassBalancing ? (uint)NoptLossFlags.ClassBalancing : 0),
        Gamma = Gamma,
        Alpha = Alpha,
        LabelSmoothing = LabelSmoothing,
    };
}
