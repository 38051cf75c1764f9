using System.Text;
using NativeOpt.Cli.Commands;
using NativeOpt.Cli.Display;
using Xunit;

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
        return Run(output, [], arguments, cancellation);
    }

    /// <summary>With something piped in.</summary>
    public static Outcome RunOn(string input, params string[] arguments)
    {
        using var output = new StringWriter();
        return Run(output, Encoding.UTF8.GetBytes(input), arguments, CancellationToken.None);
    }

    /// <summary>Interrupts the command as soon as it has written a text.</summary>
    /// <returns>What it said of the interruption.</returns>
    public static string Interrupt(string text, params string[] arguments)
    {
        using var source = new CancellationTokenSource();
        using var output = new WatchedOutput(text, source.Cancel);
        return Assert.ThrowsAny<OperationCanceledException>(() => Run(output, [], arguments, source.Token)).Message;
    }

    private static Outcome Run(StringWriter output, byte[] input, string[] arguments, CancellationToken cancellation)
    {
        using var error = new StringWriter();
        var terminal = new Terminal(output, error, IsInteractive: false) { Input = () => new MemoryStream(input) };
        int code = CommandLine.Run(arguments, terminal, cancellation);
        return new Outcome(code, output.ToString(), error.ToString());
    }

    private sealed class WatchedOutput(string text, Action found) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.Contains(text, StringComparison.Ordinal) ?? false)
                found();
        }
    }
}
