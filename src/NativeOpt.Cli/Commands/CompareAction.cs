using NativeOpt.Cli.Comparison;
using NativeOpt.Cli.Display;
using NativeOpt.Cli.Loading;
using NativeOpt.Cli.Output;
using NativeOpt.Cli.Report;
using NativeOpt.Cli.Report.Compare;

namespace NativeOpt.Cli.Commands;

/// <summary>What `nativeopt compare` does once its settings are known.</summary>
internal static class CompareAction
{
    /// <summary>More bars than this do not fit into a terminal, and more lines for epochs nobody reads.</summary>
    private const int FewVariants = 12;

    private const string Argument = "--output", ReportFile = "report.html", HistoryFile = "history.csv", ResultsFile = "results.json";

    private static readonly string[] Files = [ReportFile, HistoryFile, ResultsFile];

    /// <returns>The exit code.</returns>
    /// <exception cref="InputException">The folder, the data or the backend cannot be used; nothing was written.</exception>
    /// <exception cref="InterruptedException">Interrupted; the runs that were finished were written.</exception>
    /// <exception cref="OperationCanceledException">Interrupted before a run was finished; nothing was written.</exception>
    public static int Run(CompareSettings settings, Terminal terminal, CancellationToken cancellation)
    {
        using OutputFolder folder = OutputFolder.Open(settings.Output, Argument, Files);
        MachineInfo machine = Preparation.Of(settings.Backend, settings.Threads);
        LoadedData data = ComparisonData.Load(
            settings.Data, () => Datasets.FashionMnist.IsAvailable(), text => terminal.Error.WriteLine($"note: {text}"));
        var runner = new ComparisonRunner(settings, data, machine);
        if (!settings.Json)
            foreach (string line in CompareWords.Introduce(settings, runner, machine))
                terminal.Output.WriteLine(line);

        IComparisonDisplay display = Display(settings, terminal, runner.Variants.Count);
        ComparisonResults results = display.Watch(
            [.. runner.Variants.Select(variant => variant.Label)], watcher => runner.Run(watcher, cancellation));
        folder.Add(ReportFile, HtmlReport.Write(CompareReport.Create(results)));
        folder.Add(HistoryFile, HistoryCsv.Write(results));
        folder.Add(ResultsFile, ResultsJson.Write(results));
        folder.Commit();

        display.Summarize(results);
        if (settings.Json)
            terminal.Output.Write(ResultsJson.Write(results));
        else
            foreach (string file in Files)
                terminal.Output.WriteLine(Path.Combine(settings.Output, file));
        return results.FinishedRuns == results.PlannedRuns ? ExitCode.Success : throw new InterruptedException(
            $"{results.FinishedRuns} of {results.PlannedRuns} runs were finished; they are in '{settings.Output}'");
    }

    // Only a terminal that can be drawn on again needs Spectre.Console: what uses it is a method of its own, so that it is loaded then.
    private static IComparisonDisplay Display(CompareSettings settings, Terminal terminal, int variants) =>
        settings.Json ? new PlainDisplay(TextWriter.Null, everyEpoch: false)
        : terminal.IsInteractive && variants <= FewVariants ? Live(terminal)
        : new PlainDisplay(terminal.Output, everyEpoch: variants <= FewVariants);

    private static LiveDisplay Live(Terminal terminal) => new(terminal.Output);
}
