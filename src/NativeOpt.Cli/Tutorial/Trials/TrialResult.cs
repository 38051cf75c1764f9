using System.Text.Json.Serialization;

namespace NativeOpt.Cli.Tutorial.Trials;

/// <summary>What a training came to.</summary>
internal sealed record TrialResult
{
    public required string Label { get; init; }

    public required int Seed { get; init; }

    public required int BatchSize { get; init; }

    public required IReadOnlyList<TrialEpoch> Epochs { get; init; }

    /// <summary>Loss on the test rows at the end.</summary>
    public required double TestLoss { get; init; }

    /// <summary>Share of the test rows that were classified correctly, 0..1.</summary>
    public required double TestAccuracy { get; init; }

    /// <summary>Time of all training steps, validation aside.</summary>
    public double Seconds => Epochs.Sum(epoch => epoch.Seconds);

    /// <summary>Whether a loss was not a finite number.</summary>
    public bool Diverged => !double.IsFinite(TestLoss) || Epochs.Any(e => !double.IsFinite(e.Loss) || !double.IsFinite(e.ValLoss));

    /// <summary>The state at the end.</summary>
    [JsonIgnore]
    public TrialEpoch Last => Epochs[^1];

    /// <summary>The highest accuracy on the validation rows.</summary>
    [JsonIgnore]
    public double BestValAccuracy => Diverged ? double.NaN : Epochs.Max(epoch => epoch.ValAccuracy);
}

/// <summary>One pass over the training rows.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Loss">Mean over the epoch, while the weights were changing.</param>
/// <param name="Accuracy">0..1, likewise.</param>
/// <param name="ValLoss">On the validation rows, at the end of the epoch.</param>
/// <param name="ValAccuracy">0..1, likewise.</param>
/// <param name="LearningRate">Step size at the beginning of the epoch.</param>
/// <param name="Seconds">Time of the training, validation aside.</param>
internal sealed record TrialEpoch(
    int Epoch, double Loss, double Accuracy, double ValLoss, double ValAccuracy, double LearningRate, double Seconds);
