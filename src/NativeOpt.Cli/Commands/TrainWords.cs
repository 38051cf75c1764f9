using NativeOpt.Cli.Comparison;
using NativeOpt.Cli.Models;
using NativeOpt.Cli.Report;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Commands;

/// <summary>What is said before a training and behind it.</summary>
internal static class TrainWords
{
    public static IEnumerable<string> Introduce(TrainSettings settings, TrainingRun run, MachineInfo machine)
    {
        DatasetInfo data = run.Dataset;
        yield return $"{data.Title}: {Count(data.TrainSamples)} training, {Count(data.ValidationSamples)} validation, "
            + $"{Count(data.TestSamples)} test samples";
        yield return $"{ModelText.Short(run.Model)}, {Count(run.Description.Parameters)} parameters; {run.Description.Loss}, "
            + $"{run.Description.Optimizer}; batch {settings.BatchSize}, seed {settings.Model.Seed}";
        yield return $"{machine.Cpu}: {MachineFacts.Backend(machine)}";
        if (settings.Resume)
            yield return "(goes on with the checkpoint)";
        yield return "";
    }

    public static IEnumerable<string> Conclude(TrainingResults results)
    {
        yield return "";
        if (results.StoppedBecause is { } reason)
            yield return $"stopped after epoch {results.Epochs.Count}: {reason}";
        if (results.ModelEpoch != results.Epochs.Count)
            yield return $"the model is that of epoch {results.ModelEpoch}";
        if (results.Test is { } test)
            yield return $"on the {Count(results.Dataset.TestSamples)} test samples: "
                + string.Join(", ", test.Select(entry => $"{entry.Key} {Measure(entry.Key, entry.Value)}"));
        yield return "";
    }
}
