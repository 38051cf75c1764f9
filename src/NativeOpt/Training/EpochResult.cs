using System.Globalization;

namespace NativeOpt;

/// <summary>What an epoch came to.</summary>
/// <param name="Epoch">Number within this Fit, from 1; where the Fit began at a later epoch, from that one plus 1.</param>
/// <param name="Logs">All numbers by name.</param>
/// <param name="Seconds">Time of the training steps; validation not included.</param>
public sealed record EpochResult(int Epoch, TrainingLogs Logs, double Seconds)
{
    /// <summary>Mean loss over the rows, each measured before the update of its batch.</summary>
    public double Loss => Logs["loss"];

    /// <summary>
    /// Share of right answers, measured likewise; null where the model was compiled without an accuracy. Of several "accuracy" or
    /// "acc" is taken before "binary_accuracy", "categorical_accuracy" and "sparse_categorical_accuracy".
    /// </summary>
    public double? Accuracy => Logs.Accuracy;

    /// <summary>Mean loss of the validation data after the epoch; null without validation data.</summary>
    public double? ValidationLoss => Logs.Find("val_loss");

    /// <summary>Share of right answers in the validation data; null without them or without an accuracy.</summary>
    public double? ValidationAccuracy => Logs.ValidationAccuracy;

    /// <summary>"epoch 3: loss 0.4213, val_loss 0.4402 (1.73 s)".</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"epoch {Epoch}: {Logs} ({Seconds:F2} s)");
}
