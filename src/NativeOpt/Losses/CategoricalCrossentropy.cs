using NativeOpt.Interop;

namespace NativeOpt;

/// <summary>
/// -sum t log p along each row, p the predicted probabilities, t the target row (one-hot, or a distribution) [batch, classes].
/// Behind a softmax layer both are computed together from what the softmax would get.
/// </summary>
public sealed record CategoricalCrossentropy : Loss
{
    /// <summary>True: the model's outputs are before the softmax. False (default): they are probabilities.</summary>
    public bool FromLogits { get; init; }

    /// <inheritdoc/>
    public override string Name => "categorical_crossentropy";

    /// <inheritdoc/>
    internal override NoptLoss Kind => NoptLoss.CategoricalCrossEntropy;

    /// <inheritdoc/>
    internal override bool TakesLogits => FromLogits;

    /// <inheritdoc/>
    internal override Activation FusedActivation => Activation.Softmax;
}
