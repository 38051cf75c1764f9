using NativeOpt.Cli.Comparison;
using NativeOpt.Cli.Display;
using NativeOpt.Cli.Output;
using NativeOpt.Cli.Report;
using NativeOpt.Cli.Report.Compare;

namespace NativeOpt.Cli.Commands;

/// <summary>What `nativeopt compare` does once its settings are known.</summary>
internal static class CompareAction
{
    private const string Argument = "--output", ReportFile = "report.html", HistoryFile = "history.csv", ResultsFile = "results.json";

    private static readonly string[] Files = [ReportFile, HistoryFile, ResultsFile];

    /// <returns>The exit code.</returns>
    /// <exception cref="InputException">The folder, the data or the backend cannot be used; nothing was written.</exception>
    /// <exception cref="OperationCanceledException">Interrupted; nothing was written.</exception>
    public static int Run(CompareSettings settings, Terminal terminal, CancellationToken cancellation)
    {
        using OutputFolder folder = OutputFolder.Open(settings.Output, Argument, Files);
        MachineInfo machine = Prepare(settings);
        DataSplit data = ComparisonData.Load(
            settings, () => Datasets.FashionMnist.IsAvailable(), text => terminal.Error.WriteLine($"note: {text}"));
        var runner = new ComparisonRunner(settings, data, machine);
        foreach (string line in CompareWords.Introduce(settings, runner, machine))
            terminal.Output.WriteLine(line);
        terminal.Output.WriteLine();

        IComparisonDisplay display = Display(terminal);
        ComparisonResults results = display.Watch(
            [.. settings.Optimizers.Select(choice => choice.Label)],
            watcher => runner.Run(watcher, cancellation));
        folder.Add(ReportFile, HtmlReport.Write(CompareReport.Create(results)));
        folder.Add(HistoryFile, HistoryCsv.Write(results));
        folder.Add(ResultsFile, ResultsJson.Write(results));
        cancellation.ThrowIfCancellationRequested();
        folder.Commit();

        display.Summarize(results);
        foreach (string file in Files)
            terminal.Output.WriteLine(Path.Combine(settings.Output, file));
        return ExitCode.Success;
    }

    private static MachineInfo Prepare(CompareSettings settings)
    {
        if (settings.Threads is { } threads)
            NativeOptRuntime.ThreadCount = threads;
        try
        {
            if (settings.Backend == BackendKind.Native)
                NativeOptRuntime.RequireNative();
        }
        catch (NativeOptException e)
        {
            throw new InputException($"--backend is 'native'; {e.Message}", e);
        }
        return Machine.Describe(settings.Backend);
    }

    // Only a terminal that can be drawn on again needs Spectre.Console: what uses it is a method of its own, so that it is loaded then.
    private static IComparisonDisplay Display(Terminal terminal) =>
        terminal.IsInteractive ? Live(terminal) : new PlainDisplay(terminal.Output);

    private static LiveDisplay Live(Terminal terminal) => new(terminal.Output);
}
