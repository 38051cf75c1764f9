using NativeOpt.Cli.Comparison;
using NativeOpt.Cli.Display;
using NativeOpt.Cli.Loading;
using NativeOpt.Cli.Models;
using NativeOpt.Cli.Output;
using NativeOpt.Cli.Report;

namespace NativeOpt.Cli.Commands;

/// <summary>What `nativeopt train` does once its settings are known.</summary>
internal static class TrainAction
{
    private const string ReportFile = "report.html", HistoryFile = "history.csv", ResultsFile = "results.json", RecipeName = "recipe.json";

    private static readonly string[] Files = [ReportFile, HistoryFile, ResultsFile, RecipeName, ModelFile.Name];

    /// <returns>The exit code.</returns>
    /// <exception cref="InputException">The folder, the data or the settings cannot be used; nothing was written.</exception>
    /// <exception cref="InterruptedException">Interrupted; what was finished was written, and a checkpoint to go on with.</exception>
    /// <exception cref="OperationCanceledException">Interrupted before an epoch was complete; nothing was written.</exception>
    public static int Run(TrainSettings settings, Terminal terminal, CancellationToken cancellation)
    {
        using OutputFolder folder = OutputFolder.Open(settings.Output, "--output", Files);
        var checkpoint = new TrainingCheckpoint(folder.Path);
        RequireFree(settings, checkpoint);
        MachineInfo machine = Preparation.Of(settings.Model.Backend, settings.Threads);
        using var run = new TrainingRun(settings, DataLoader.Load(settings.Data), checkpoint);
        if (!settings.Json)
            foreach (string line in TrainWords.Introduce(settings, run, machine))
                terminal.Output.WriteLine(line);
        TrainingResults results = run.Run(machine, Display(settings, terminal), cancellation);

        folder.Add(ReportFile, HtmlReport.Write(TrainingReport.Create(results, Files[1..])));
        folder.Add(HistoryFile, EpochsCsv.Write(results.Epochs));
        folder.Add(ResultsFile, TrainingJson.Write(results) + "\n");
        folder.Add(RecipeName, RecipeJson.TextOf(results.Recipe));
        folder.Add(ModelFile.Name, run.Model.Save);
        folder.Commit();
        if (!results.Finished)
            throw new InterruptedException($"'{settings.Output}' has the model after epoch {results.Epochs.Count} of {settings.Epochs}; "
                + $"`nativeopt train --resume --output {settings.Output}` goes on");
        Report(settings, results, terminal);
        return ExitCode.Success;
    }

    private static void Report(TrainSettings settings, TrainingResults results, Terminal terminal)
    {
        if (settings.Json)
        {
            terminal.Output.WriteLine(TrainingJson.Write(results));
            return;
        }
        foreach (string line in TrainWords.Conclude(results))
            terminal.Output.WriteLine(line);
        foreach (string file in Files)
            terminal.Output.WriteLine(Path.Combine(settings.Output, file));
    }

    /// <summary>A training of many hours is not thrown away because somebody forgot --resume.</summary>
    private static void RequireFree(TrainSettings settings, TrainingCheckpoint checkpoint)
    {
        if (settings.Resume || settings.Overwrite || !checkpoint.Exists || checkpoint.FindUnfinished() is not { } position)
            return;
        throw new InputException($"--output is '{settings.Output}'; a training that was interrupted after epoch {position.Done} of "
            + $"{position.Epochs} waits there: --resume goes on with it, --overwrite starts anew");
    }

    private static ITrainingDisplay Display(TrainSettings settings, Terminal terminal) => settings.Json ? new SilentTraining()
        : terminal.IsInteractive ? new LiveTraining(terminal.Output)
        : new PlainTraining(terminal.Output, settings.Epochs);
}
