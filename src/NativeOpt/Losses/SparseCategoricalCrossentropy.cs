using NativeOpt.Interop;

namespace NativeOpt;

/// <summary>
/// -log p[label] of each row, p the predicted probabilities. Targets are class numbers in [0, classes). Behind a softmax layer
/// both are computed together from what the softmax would get.
/// </summary>
public sealed record SparseCategoricalCrossentropy : Loss
{
    /// <summary>True: the model's outputs are before the softmax. False (default): they are probabilities.</summary>
    public bool FromLogits { get; init; }

    /// <inheritdoc/>
    public override string Name => "sparse_categorical_crossentropy";

    /// <inheritdoc/>
    internal override NoptLoss Kind => NoptLoss.SparseCategoricalCrossEntropy;

    /// <inheritdoc/>
    internal override bool TakesLogits => FromLogits;

    /// <inheritdoc/>
    internal override bool TakesLabels => true;

    /// <inheritdoc/>
    internal override Activation FusedActivation => Activation.Softmax;
}
