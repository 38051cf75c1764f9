using NativeOpt.Cli.Models;

namespace NativeOpt.Cli.Display;

/// <summary>Shows a training while it runs: hears of every batch, and of every epoch when its numbers are complete.</summary>
internal interface ITrainingDisplay : IProgress<TrainingProgress>
{
    /// <summary>An epoch is done.</summary>
    void EpochEnded(EpochRow row);
}
