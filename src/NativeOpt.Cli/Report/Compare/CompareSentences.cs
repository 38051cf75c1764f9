using NativeOpt.Cli.Comparison;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Report.Compare;

/// <summary>The sentences at the head of the report.</summary>
internal static class CompareSentences
{
    /// <summary>"784 -> 128 (relu) -> 10 (softmax)", by default with a real arrow.</summary>
    public static string Network(NetworkInfo network, string arrow = " \u2192 ")
    {
        int last = network.Layers.Count - 1;
        return string.Join(arrow, network.Layers.Select((width, i) => i == 0
            ? $"{width}"
            : $"{width} ({(i == last ? network.OutputActivation : network.HiddenActivation)})"));
    }

    /// <summary>The line below the heading.</summary>
    public static string Settings(ComparisonResults results)
    {
        TrainingInfo training = results.Training;
        string epochs = training.Epochs == 1 ? "1 epoch" : $"{training.Epochs} epochs";
        string batches = string.Join(", ", training.BatchSizes.DefaultIfEmpty(training.BatchSize));
        string seeds = training.Seeds > 1 ? $"seeds {training.Seed} to {training.Seed + training.Seeds - 1}" : $"seed {training.Seed}";
        return $"Dense {Network(results.Network)} \u00b7 {epochs} \u00b7 batch {batches} \u00b7 {seeds}";
    }

    /// <summary>Who learned best, who was quickest, and who diverged.</summary>
    public static IEnumerable<VerdictSentence> Verdict(ComparisonResults results)
    {
        RunResult[] sound = [.. results.Runs.Where(run => !run.Diverged)];
        RunResult[] diverged = [.. results.Runs.Where(run => run.Diverged)];
        if (results.FinishedRuns < results.PlannedRuns)
            yield return new($"Interrupted: {results.FinishedRuns} of {results.PlannedRuns} runs were finished.", IsWarning: true);
        if (sound.Length > 0)
            yield return new($"{Learned(sound, results.Dataset.TestSamples)} {Pace(sound)}");
        if (diverged.Length > 0)
            yield return new($"Diverged (the loss was no longer a number): {string.Join(", ", diverged.Select(run => run.Label))}.",
                IsWarning: true);
    }

    /// <summary>As in the table: what reads the same is equally good.</summary>
    private static string Learned(RunResult[] sound, int samples)
    {
        RunResult[] best = MostAccurate(sound);
        string each = best.Length > 1 ? " each" : "";
        string alone = best.Length == 1 && sound.Length > 1 ? ", more than any other" : "";
        return $"{Names(best)}{each} classified {Share(best[0].TestAccuracy)} of the {Count(samples)} test samples correctly{alone}.";
    }

    private static string Pace(RunResult[] sound)
    {
        string least = Seconds(sound.Min(run => run.SecondsPerEpoch));
        RunResult[] quickest = [.. sound.Where(run => Seconds(run.SecondsPerEpoch) == least)];
        return quickest.Length == sound.Length ? $"An epoch took {least}{(sound.Length > 1 ? " with each" : "")}."
            : quickest.Length > 3 ? $"The quickest took {least} an epoch."
            : quickest.Length > 1 ? $"The quickest were {Names(quickest)} with {least} an epoch."
            : MostAccurate(sound) is [var best] && best == quickest[0] ? $"It was also the quickest, with {least} an epoch."
            : $"The quickest was {quickest[0].Label} with {least} an epoch.";
    }

    private static RunResult[] MostAccurate(RunResult[] sound)
    {
        string most = Share(sound.Max(run => run.TestAccuracy));
        return [.. sound.Where(run => Share(run.TestAccuracy) == most)];
    }

    private static string Names(RunResult[] runs) => Sentences.List([.. runs.Select(run => run.Label)]);
}
