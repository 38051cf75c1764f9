using NativeOpt.Cli.Comparison;
using NativeOpt.Cli.Report;
using NativeOpt.Cli.Report.Compare;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Commands;

/// <summary>What is said before the training begins.</summary>
internal static class CompareWords
{
    public static IEnumerable<string> Introduce(CompareSettings settings, ComparisonRunner runner, MachineInfo machine)
    {
        DatasetInfo data = runner.Dataset;
        yield return $"{data.Title}: {Count(data.TrainSamples)} training, {Count(data.ValidationSamples)} validation, "
            + $"{Count(data.TestSamples)} test samples";
        yield return $"Dense {CompareSentences.Network(runner.Network, " -> ")}, {Count(runner.Network.Parameters)} parameters; "
            + $"batch {string.Join(", ", settings.BatchSizes)}, seed {Seeds(settings)}";
        yield return $"{machine.Cpu}: {MachineFacts.Backend(machine)}";
        if (runner.Variants.Count * settings.Seeds > settings.Optimizers.Count)
            yield return $"{Count(runner.Variants.Count * settings.Seeds)} runs of {Epochs(settings.Epochs)}"
                + (settings.Seeds > 1 ? $": {Count(runner.Variants.Count)} settings, {settings.Seeds} seeds" : "")
                + "; Ctrl+C keeps those that are finished";
        if (machine.Backend == Machine.Name(BackendKind.Managed) && settings.Threads > 1)
            yield return $"(--threads {settings.Threads} has no effect: the managed backend runs on one thread)";
        if (settings.Backend == BackendKind.Auto && machine.Backend == Machine.Name(BackendKind.Managed))
            yield return $"(the slower managed backend runs: {machine.BackendReason}; `nativeopt info` shows where it looked)";
        yield return "";
    }

    private static string Seeds(CompareSettings settings) =>
        settings.Seeds == 1 ? Plain(settings.Seed) : $"{Plain(settings.Seed)} to {Plain(settings.Seed + settings.Seeds - 1)}";

    private static string Epochs(int count) => count == 1 ? "1 epoch" : $"{Count(count)} epochs";
}
