using System.Globalization;
using NativeOpt.Cli.Report;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Tutorial.Batches;

/// <summary>What the numbers say, in words.</summary>
internal static class BatchSizesVerdict
{
    public static IEnumerable<VerdictSentence> Of(BatchSizesResults results)
    {
        BatchRun[] sound = [.. results.Runs.Where(run => !run.Group.Diverged)];
        if (sound.Length > 0)
            yield return new($"{Arrived(sound)} {Remaining(sound, results.Runs[0])}");
        yield return new($"{Stable(results.Runs)} {Noise(results.Noise)}");
        if (sound.Length < results.Runs.Count)
            yield return new("Diverged: " + Sentences.List([.. results.Runs.Except(sound).Select(run => run.Group.Label)]) + ".",
                IsWarning: true);
    }

    private static string Arrived(BatchRun[] sound)
    {
        string target = $"a training loss of {Number(BatchRun.Target)}";
        BatchRun[] there = [.. sound.Where(run => run.EpochsToTarget is not null)];
        if (there.Length == 0)
            return $"In these epochs no batch size came below {target}.";
        BatchRun byEpochs = there.MinBy(run => run.EpochsToTarget)!, bySeconds = there.MinBy(run => run.SecondsToTarget)!;
        string epochs = byEpochs.EpochsToTarget == 1 ? "1 epoch" : $"{byEpochs.EpochsToTarget} epochs";
        return byEpochs == bySeconds
            ? $"The first below {target} was {byEpochs.Group.Label}, counted in epochs ({epochs}) and by the clock "
                + $"({Seconds(bySeconds.SecondsToTarget)})."
            : $"Counted in epochs the first below {target} was {byEpochs.Group.Label}, after {epochs}; by the clock it was "
                + $"{bySeconds.Group.Label}, after {Seconds(bySeconds.SecondsToTarget)} and {bySeconds.EpochsToTarget} epochs.";
    }

    /// <summary>What one step an epoch comes to.</summary>
    private static string Remaining(BatchRun[] sound, BatchRun full) => !sound.Contains(full) ? ""
        : full.EpochsToTarget is { } epochs
            ? $"The full batch took {epochs} epochs, of a step each."
            : $"The full batch makes one step an epoch, and was still at {LossText(full.FinalLoss)} after {full.Elapsed.Length} of them.";

    private static string Stable(IReadOnlyList<BatchRun> runs)
    {
        BatchRun worst = runs.MaxBy(run => run.Rises)!;
        string[] smooth = [.. runs.Where(run => run.Rises == 0).Select(run => run.Group.Label)];
        string never = smooth.Length == 0 ? "." : $"; with {Sentences.List(smooth)} it never rose from one epoch to the next.";
        return worst.Rises == 0 ? "The training loss never rose from one epoch to the next, with any batch size."
            : $"The training loss rose in {Share(worst.Rises)} of the epochs with {worst.Group.Label}{never}";
    }

    private static string Noise(GradientNoise noise)
    {
        string slope = noise.Start.Slope.ToString("0.00", CultureInfo.InvariantCulture);
        double grown = noise.End.At(32) / noise.Start.At(32);
        return $"The error of a batch's gradient fell with the number of rows to the power {slope} (independent rows: -0.50). For 32 rows "
            + $"it was {Times(noise.Start.At(32))} the gradient of all rows at the first weights and {Times(noise.End.At(32))} after "
            + "training" + (grown > 1.5 ? ": where the gradient gets small, chance remains." : ".");
    }

    private static string Times(double value) => value.ToString("0.0#", CultureInfo.InvariantCulture) + " times";
}
