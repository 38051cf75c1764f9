namespace NativeOpt;

/// <summary>Where a running Fit is. Reported after every batch, and once more when an epoch and its validation are finished.</summary>
/// <param name="Epoch">Number of the epoch, from 1.</param>
/// <param name="EpochCount">Epochs of this Fit.</param>
/// <param name="Batch">Number of the batch just finished, from 1.</param>
/// <param name="BatchCount">Batches of an epoch.</param>
/// <param name="Loss">Mean loss over the epoch so far.</param>
/// <param name="Accuracy">Share of right answers so far; null where the model was compiled without an accuracy.</param>
/// <param name="Elapsed">Time of this epoch's training steps so far.</param>
/// <param name="FinishedEpoch">The whole epoch in the last report of it; null before.</param>
public readonly record struct TrainingProgress(
    int Epoch, int EpochCount, int Batch, int BatchCount, double Loss, double? Accuracy, TimeSpan Elapsed, EpochResult? FinishedEpoch);
