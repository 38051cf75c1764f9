namespace NativeOpt.Cli.Replay;

/// <summary>A case that cannot be replayed, in a sentence that names what is missing or unknown. It fails; it is never skipped.</summary>
internal sealed class ReplayException(string message) : Exception(message);
