namespace NativeOpt.Cli.Commands;

/// <summary>A command was interrupted and has kept what was finished: the message says what, and how to go on.</summary>
internal sealed class InterruptedException(string message) : OperationCanceledException(message);
