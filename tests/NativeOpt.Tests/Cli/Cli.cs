using NativeOpt.Cli.Commands;
using NativeOpt.Cli.Display;

namespace NativeOpt.Tests.Cli;

/// <summary>Runs the command in this process.</summary>
internal static class Cli
{
    /// <summary>What a run left behind.</summary>
    public sealed record Outcome(int ExitCode, string Output, string Error);

    public static Outcome Run(params string[] arguments) => Run(CancellationToken.None, arguments);

    public static Outcome Run(CancellationToken cancellation, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = CommandLine.Run(arguments, new Terminal(output, error, IsInteractive: false), cancellation);
        return new Outcome(code, output.ToString(), error.ToString());
    }
}
