using NativeOpt.Interop;

namespace NativeOpt;

/// <summary>
/// The mean over the columns of a row of -(t log p + (1 - t) log(1 - p)), p the predicted probability, t the target in [0, 1].
/// Behind a sigmoid layer both are computed together from what the sigmoid would get, which is exact where p is near 0 or 1.
/// </summary>
public sealed record BinaryCrossentropy : Loss
{
    /// <summary>True: the model's outputs are before the sigmoid. False (default): they are probabilities.</summary>
    public bool FromLogits { get; init; }

    /// <inheritdoc/>
    public override string Name => "binary_crossentropy";

    /// <inheritdoc/>
    internal override NoptLoss Kind => NoptLoss.BinaryCrossEntropy;

    /// <inheritdoc/>
    internal override bool TakesLogits => FromLogits;

    /// <inheritdoc/>
    internal override Activation FusedActivation => Activation.Sigmoid;
}
