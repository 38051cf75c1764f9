using NativeOpt.Cli.Report;
using NativeOpt.Cli.Tutorial.Trials;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Tutorial.Classification;

/// <summary>What the numbers say, in words.</summary>
internal static class ClassificationVerdict
{
    /// <summary>Part of the way from the first to the lowest loss that a run should have come.</summary>
    private const double HalfWay = 0.5;

    public static IEnumerable<VerdictSentence> Of(IReadOnlyList<TrialGroup> groups)
    {
        TrialGroup[] sound = [.. groups.Where(group => !group.Diverged)];
        if (sound.Length > 0)
            yield return new($"{Accurate(sound)} {Fast(sound)}");
        TrialGroup[] slow = [.. sound.Where(group => Way(sound, group) < HalfWay)];
        if (slow.Length > 0)
            yield return new($"With Keras' default rate {Names(slow)} came less than half of the way down in these epochs: the "
                + $"training loss was still {Sentences.List([.. slow.Select(group => LossText(Loss(group)))])}.{Cure(groups, slow)}",
                IsWarning: true);
        if (sound.Length < groups.Count)
            yield return new($"Diverged: {Names([.. groups.Where(group => group.Diverged)])}.", IsWarning: true);
    }

    /// <summary>What reads the same is equally good.</summary>
    private static string Accurate(TrialGroup[] sound)
    {
        string most = Share(sound.Max(Accuracy));
        TrialGroup[] best = [.. sound.Where(group => Share(Accuracy(group)) == most)];
        double width = best.Max(group => group.Range(trial => trial.TestAccuracy) is var (low, high) ? high - low : 0);
        // Within the spread of the seeds nobody is better.
        TrialGroup[] near = [.. sound.Where(group => !best.Contains(group) && Accuracy(best[0]) - Accuracy(group) < width / 2)];
        string others = near.Length == 0 ? ""
            : $" {Names(near)} {(near.Length == 1 ? "is" : "are")} closer to that than the seeds are to each other.";
        return $"{Names(best)} classified most of the test rows correctly, {most}.{others}";
    }

    private static string Fast(TrialGroup[] sound)
    {
        TrialGroup lowest = sound.MinBy(Loss)!;
        return $"The training loss fell lowest with {lowest.Label}, to {LossText(Loss(lowest))}.";
    }

    /// <summary>How the same optimizers did at another rate.</summary>
    private static string Cure(IReadOnlyList<TrialGroup> groups, TrialGroup[] slow)
    {
        TrialGroup[] others = [.. groups.Where(group => !group.Diverged
            && slow.Any(s => s != group && group.Label.StartsWith(s.Label + "(", StringComparison.Ordinal)))];
        return others.Length == 0 ? "" : " With a larger one: "
            + Sentences.List([.. others.Select(group => $"{group.Label} {LossText(Loss(group))}")]) + ".";
    }

    private static double Way(TrialGroup[] sound, TrialGroup group)
    {
        double first = sound.Max(g => g.Trials.Average(trial => trial.Epochs[0].Loss)), lowest = sound.Min(Loss);
        return first > lowest ? (first - Loss(group)) / (first - lowest) : 1;
    }

    private static double Accuracy(TrialGroup group) => group.Mean(trial => trial.TestAccuracy);

    private static double Loss(TrialGroup group) => group.Mean(trial => trial.Last.Loss);

    private static string Names(TrialGroup[] groups) => Sentences.List([.. groups.Select(group => group.Label)]);
}
