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
            + $"batch {settings.BatchSize}, seed {settings.Seed}";
        yield return $"{machine.Cpu}: {MachineFacts.Backend(machine)}";
        if (machine.Backend == Machine.Name(BackendKind.Managed) && settings.Threads > 1)
            yield return $"(--threads {settings.Threads} has no effect: the managed backend runs on one thread)";
        if (settings.Backend == BackendKind.Auto && machine.Backend == Machine.Name(BackendKind.Managed))
            yield return $"(the slower managed backend runs: {machine.BackendReason}; `nativeopt info` shows where it looked)";
    }
}
