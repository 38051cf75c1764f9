namespace NativeOpt.Cli.Commands;

/// <summary>What the shell gets; --help lists them.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>A replayed case that does not agree, or something that should not have happened.</summary>
    public const int Failure = 1;

    /// <summary>An argument, a path or a data file that cannot be used.</summary>
    public const int BadInput = 2;

    /// <summary>Ctrl+C: 128 + SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;

    /// <summary>128 + SIGTERM.</summary>
    public const int Terminated = 143;
}
