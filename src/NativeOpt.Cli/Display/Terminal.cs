namespace NativeOpt.Cli.Display;

/// <summary>Where a command writes to, and whether somebody watches it.</summary>
/// <param name="Output">Results.</param>
/// <param name="Error">Complaints.</param>
/// <param name="IsInteractive">Whether lines that were written may be drawn again.</param>
internal sealed record Terminal(TextWriter Output, TextWriter Error, bool IsInteractive)
{
    /// <summary>What is piped in; opened by the command that reads it.</summary>
    public Func<Stream> Input { get; init; } = Console.OpenStandardInput;

    /// <summary>The terminal this program was started from.</summary>
    public static Terminal FromConsole() => new(
        Console.Out,
        Console.Error,
        !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb");
}
