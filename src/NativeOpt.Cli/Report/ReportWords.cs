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
        {
            RunResult best = sound.MaxBy(run => run.TestAccuracy)!;
            RunResult quickest = sound.MinBy(run => run.SecondsPerEpoch)!;
            bool alone = sound.Count(run => run.TestAccuracy.Equals(best.TestAccuracy)) == 1 && sound.Length > 1;
            string pace = sound.Length == 1 ? $"An epoch took {Seconds(best.SecondsPerEpoch)}."
                : best == quickest ? $"It was also the quickest, with {Seconds(best.SecondsPerEpoch)} an epoch."
                : $"The quickest was {quickest.Label} with {Seconds(quickest.SecondsPerEpoch)} an epoch.";
            yield return Paragraph("verdict", $"{best.Label} classified {Share(best.TestAccuracy)} of the "
                + $"{Count(results.Dataset.TestSamples)} test samples correctly{(alone ? ", more than any other" : "")}. {pace}");
        }
        if (diverged.Length > 0)
            yield return Paragraph("verdict warn",
                $"Diverged (the loss was no longer a number): {string.Join(", ", diverged.Select(run => run.Label))}.");
    }

    public static XElement Paragraph(string style, string text)
    {
        XElement paragraph = Element("p", "class", style);
        paragraph.Add(text);
        return paragraph;
    }
}
