using NativeOpt.Cli.Tutorial.Trials;

namespace NativeOpt.Cli.Tutorial.Batches;

/// <summary>What the experiment found out.</summary>
/// <param name="Data">Rows and classes.</param>
/// <param name="Runs">One a batch size.</param>
/// <param name="Noise">How far gradients of batches are from that of all rows.</param>
/// <param name="Epochs">Passes over the data.</param>
/// <param name="LearningRate">The same for all.</param>
/// <param name="Hidden">Width of the hidden layer.</param>
internal sealed record BatchSizesResults(
    DataSplit Data, IReadOnlyList<BatchRun> Runs, GradientNoise Noise, int Epochs, double LearningRate, int Hidden);

/// <summary>The trainings with a batch size.</summary>
/// <param name="Size">Rows of a step.</param>
/// <param name="Steps">Steps of an epoch.</param>
/// <param name="Group">One training a seed; its "validation" rows are all training rows, after the epoch.</param>
internal sealed record BatchRun(int Size, int Steps, TrialGroup Group)
{
    /// <summary>A loss that the digits are well learnt at.</summary>
    public const double Target = 0.3;

    /// <summary>Loss over all training rows at the end; NaN where a seed diverged.</summary>
    public double FinalLoss => Group.Mean(trial => trial.Last.ValLoss);

    /// <summary>Time of the training up to the end of each epoch, on average.</summary>
    public double[] Elapsed
    {
        get
        {
            double time = 0;
            return [.. Group.MeanCurve(epoch => epoch.Seconds).Select(seconds => time += seconds)];
        }
    }

    /// <summary>The first epoch after which the mean loss was below the target; null: none.</summary>
    public int? EpochsToTarget => Group.FirstEpoch(epoch => epoch.ValLoss, loss => loss < Target);

    /// <summary>The time it took to get there; NaN where it did not.</summary>
    public double SecondsToTarget => EpochsToTarget is { } epochs ? Elapsed[epochs - 1] : double.NaN;

    /// <summary>Share of the epochs after which the loss was higher than before, of all seeds.</summary>
    public double Rises => Group.Trials.Average(trial => trial.Epochs.Count < 2 ? 0
        : trial.Epochs.Zip(trial.Epochs.Skip(1)).Average(pair => pair.Second.ValLoss > pair.First.ValLoss ? 1.0 : 0));
}
