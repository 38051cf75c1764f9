namespace NativeOpt.Cli.Tutorial.Overfitting;

/// <summary>One training.</summary>
/// <param name="Remedy">What was done against overfitting.</param>
/// <param name="Epochs">Both losses and accuracies after each epoch.</param>
/// <param name="Last">The same of the network that is left, which after early stopping is that of the best epoch.</param>
/// <param name="TestAccuracy">Of the network that is left, on rows that decided nothing.</param>
internal sealed record OverfittingRun(Remedy Remedy, IReadOnlyList<EpochGap> Epochs, EpochGap Last, double TestAccuracy)
{
    /// <summary>The epoch with the lowest validation loss, from 1.</summary>
    public int BestEpoch => 1 + Enumerable.Range(0, Epochs.Count).MinBy(i => Epochs[i].ValidationLoss);

    /// <summary>The lowest validation loss of all epochs.</summary>
    public double BestValidationLoss => Epochs.Min(epoch => epoch.ValidationLoss);

    /// <summary>Whether the validation loss ends above its best by a tenth: the network has learnt its rows by heart.</summary>
    public bool Overfits => Last.ValidationLoss > 1.1 * BestValidationLoss;
}
