using System.Diagnostics;
using NativeOpt.Cli.Comparison;
using NativeOpt.Cli.Display;
using NativeOpt.Cli.Output;
using NativeOpt.Cli.Report;
using NativeOpt.Cli.Tutorial;

namespace NativeOpt.Cli.Commands;

/// <summary>What `nativeopt tutorial` does once its settings are known.</summary>
internal static class TutorialAction
{
    /// <summary>Instead of a name: shows the names.</summary>
    public const string List = "list";

    /// <returns>The exit code.</returns>
    /// <exception cref="InputException">There is no such experiment, or the folder, the data or the backend cannot be used.</exception>
    /// <exception cref="OperationCanceledException">Interrupted; nothing was written.</exception>
    public static int Run(string name, TutorialSettings settings, Terminal terminal, CancellationToken cancellation)
    {
        if (string.Equals(name, List, StringComparison.OrdinalIgnoreCase))
        {
            foreach (string line in TutorialWords.Lines(settings.Json))
                terminal.Output.WriteLine(line);
            return ExitCode.Success;
        }
        IExperiment experiment = Experiments.Find(name);
        TutorialWords.RefuseUnused(experiment, settings);
        string output = settings.Output ?? Path.Combine("out", "tutorial", experiment.Name);
        string[] files = [TutorialReport.File, TutorialResults.File, .. experiment.CsvFiles];
        using OutputFolder folder = OutputFolder.Open(output, "--output", files);
        MachineInfo machine = Preparation.Of(settings.Backend, settings.Threads);
        experiment.Check(settings);
        Perform(experiment, settings, machine, folder, terminal, cancellation);
        foreach (string file in settings.Json ? [] : files)
            terminal.Output.WriteLine(Path.Combine(output, file));
        return ExitCode.Success;
    }

    private static void Perform(
        IExperiment experiment, TutorialSettings settings, MachineInfo machine, OutputFolder folder, Terminal terminal,
        CancellationToken cancellation)
    {
        DateTimeOffset started = DateTimeOffset.UtcNow;
        long begin = Stopwatch.GetTimestamp();
        // The answer of --json must be the only thing on the standard output.
        var progress = new ExperimentProgress(settings.Json ? terminal.Error : terminal.Output, terminal.IsInteractive && !settings.Json);
        ExperimentOutcome outcome;
        try
        {
            outcome = experiment.Run(settings, progress, cancellation);
        }
        finally
        {
            progress.Clear();
        }
        string results = TutorialResults.Write(experiment, settings, outcome, machine, started, Stopwatch.GetElapsedTime(begin));
        folder.Add(TutorialReport.File, HtmlReport.Write(TutorialReport.Create(outcome, machine, started)));
        folder.Add(TutorialResults.File, results);
        foreach (string file in experiment.CsvFiles)
            folder.Add(file, outcome.Csv[file]);
        cancellation.ThrowIfCancellationRequested();
        folder.Commit();
        if (settings.Json)
            terminal.Output.Write(results);
        else
            foreach (VerdictSentence sentence in outcome.Verdict)
                terminal.Output.WriteLine($"{Environment.NewLine}{sentence.Text}");
        if (!settings.Json)
            terminal.Output.WriteLine();
    }
}
