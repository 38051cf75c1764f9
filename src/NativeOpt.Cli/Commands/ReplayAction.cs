using System.IO.Enumeration;
using NativeOpt.Cli.Display;
using NativeOpt.Cli.Output;
using NativeOpt.Cli.Replay;

namespace NativeOpt.Cli.Commands;

/// <summary>What `nativeopt replay` does once its settings are known.</summary>
internal static class ReplayAction
{
    /// <returns>The exit code: failure if any case failed.</returns>
    /// <exception cref="InputException">A file cannot be used, or the filter leaves nothing.</exception>
    public static int Run(ReplaySettings settings, Terminal terminal)
    {
        // All files are read before anything runs: a bad one is seen at once.
        GoldenFile[] files = [.. settings.Files.Select(GoldenFile.Load)];
        GoldenCase[] cases = [.. files.SelectMany(file => file.Cases).Where(golden => Matches(golden, settings.Filter))];
        if (cases.Length == 0)
            throw new InputException($"--filter is '{settings.Filter}'; no case of the files has such a name");

        int width = cases.Max(golden => golden.Name.Length);
        var results = new List<CaseResult>();
        foreach (GoldenCase golden in cases)
            foreach (ReplayTarget target in settings.Targets)
            {
                settings.Options.Cancellation.ThrowIfCancellationRequested();
                CaseResult result = Replayer.Replay(golden, target, settings.Options);
                results.Add(result);
                if (!settings.Json)
                    WriteLines(terminal.Output, ReplayReport.Describe(result, width));
            }
        WriteLines(terminal.Output, [settings.Json
            ? ReplayJson.Write(ReplayResults.Create(ProductVersion.Text, results))
            : ReplayReport.Summarize(results)]);
        return results.TrueForAll(result => result.Passed) ? ExitCode.Success : ExitCode.Failure;
    }

    private static bool Matches(GoldenCase golden, string? filter) =>
        filter is null || FileSystemName.MatchesSimpleExpression(filter, golden.Name);

    private static void WriteLines(TextWriter output, IEnumerable<string> lines)
    {
        foreach (string line in lines)
            output.WriteLine(line);
    }
}
