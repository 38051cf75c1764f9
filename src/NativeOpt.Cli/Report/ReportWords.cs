using System.Xml.Linq;
using NativeOpt.Cli.Comparison;
using static NativeOpt.Cli.Output.NumberText;
using static NativeOpt.Cli.Report.Markup;

namespace NativeOpt.Cli.Report;

/// <summary>The sentences at the head of the report.</summary>
internal static class ReportWords
{
    /// <summary>"784 -> 128 (relu) -> 10 (softmax)", by default with a real arrow.</summary>
    public static string Network(NetworkInfo network, string arrow = " \u2192 ")
    {
        int last = network.Layers.Count - 1;
        return string.Join(arrow, network.Layers.Select((width, i) => i == 0
            ? $"{width}"
            : $"{width} ({(i == last ? network.OutputActivation : network.HiddenActivation)})"));
    }

    public static XElement Subtitle(ComparisonResults results)
    {
        TrainingInfo training = results.Training;
        string epochs = training.Epochs == 1 ? "1 epoch" : $"{training.Epochs} epochs";
        string settings = $"{epochs} \u00b7 batch {training.BatchSize} \u00b7 seed {training.Seed}";
        return Paragraph("soft", $"Dense {Network(results.Network)} \u00b7 {settings}");
    }

    /// <summary>"native backend, avx512, OpenBLAS 0.3.21 (SkylakeX), 2 threads".</summary>
    public static string Backend(MachineInfo machine)
    {
        string set = machine.InstructionSet is { } isa ? $", {isa}" : "";
        string blas = machine.OpenBlasVersion is { } version ? $", {version} ({machine.OpenBlasCore})" : "";
        return $"{machine.Backend} backend{set}{blas}, {(machine.Threads == 1 ? "1 thread" : $"{machine.Threads} threads")}";
    }

    public static XElement Machine(MachineInfo machine) =>
        Paragraph("soft", $"{machine.Cpu} \u00b7 {Backend(machine)} \u00b7 .NET {machine.DotNet}");

    /// <summary>Who learned best, who was quickest, and who diverged.</summary>
    public static IEnumerable<XElement> Verdict(ComparisonResults results)
    {
        RunResult[] sound = [.. results.Runs.Where(run => !run.Diverged)];
        RunResult[] diverged = [.. results.Runs.Where(run => run.Diverged)];
        if (sound.Length > 0)
            yield return Paragraph("verdict", $"{Learned(sound, results.Dataset.TestSamples)} {Pace(sound)}");
        if (diverged.Length > 0)
            yield return Paragraph("verdict warn",
                $"Diverged (the loss was no longer a number): {string.Join(", ", diverged.Select(run => run.Label))}.");
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

    /// <summary>"a", "a and b", "a, b and c".</summary>
    private static string Names(RunResult[] runs) => runs.Length == 1
        ? runs[0].Label
        : $"{string.Join(", ", runs[..^1].Select(run => run.Label))} and {runs[^1].Label}";

    public static XElement Paragraph(string style, string text)
    {
        XElement paragraph = Element("p", "class", style);
        paragraph.Add(text);
        return paragraph;
    }
}
