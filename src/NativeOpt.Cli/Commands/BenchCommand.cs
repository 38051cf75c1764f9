using System.CommandLine;
using NativeOpt.Cli.Bench;
using NativeOpt.Cli.Comparison;
using NativeOpt.Cli.Display;
using NativeOpt.Cli.Output;

namespace NativeOpt.Cli.Commands;

/// <summary>`nativeopt bench`: how fast this machine trains, on both backends.</summary>
internal sealed class BenchCommand
{
    private const int MaxThreads = 1024;

    private readonly Option<int?> _threads = OptionValue.Whole("--threads",
        "Threads that share a step of the native backend [default: the processors this process may use]", 1, MaxThreads);

    private readonly Option<bool> _quick = new("--quick") { Description = "Fewer sizes and shorter turns: a few seconds" };

    private readonly Option<bool> _json = new("--json") { Description = "The result as JSON, with quartiles" };

    /// <summary>The command.</summary>
    /// <param name="terminal">Where it writes to.</param>
    /// <param name="cancellation">Ends the measurement.</param>
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var options = new BenchCommand();
        const string Description = "Measures optimizer steps, dense layers and a training on both backends, in under a minute.";
        var command = new Command("bench", Description) { options._threads, options._quick, options._json };
        command.SetAction(parsed =>
        {
            BenchSettings settings = parsed.GetValue(options._quick) ? BenchSettings.Quick : BenchSettings.Usual;
            settings = settings with { Threads = parsed.GetValue(options._threads) };
            return Run(settings, parsed.GetValue(options._json), terminal, cancellation);
        });
        return command;
    }

    /// <summary>Measures and writes.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="InputException">An environment variable asks for something that cannot be had.</exception>
    internal static int Run(BenchSettings settings, bool json, Terminal terminal, CancellationToken cancellation)
    {
        if (Machine.Problem(Machine.Status()) is { } problem)
            throw new InputException(problem);
        int before = NativeOptRuntime.ThreadCount;
        try
        {
            NativeOptRuntime.ThreadCount = settings.Threads ?? before;
            BenchResults results = new BenchRun(settings, cancellation).Measure();
            if (json)
                terminal.Output.WriteLine(BenchJson.Write(results));
            else
                BenchTable.Write(results, terminal.Output);
            return ExitCode.Success;
        }
        finally
        {
            NativeOptRuntime.ThreadCount = before;
        }
    }
}
