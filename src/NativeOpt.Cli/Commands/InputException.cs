namespace NativeOpt.Cli.Commands;

/// <summary>What the user gave cannot be used: the message goes to the terminal as it is, and the exit code is 2.</summary>
internal sealed class InputException : Exception
{
    public InputException() { }

    public InputException(string message) : base(message) { }

    public InputException(string message, Exception innerException) : base(message, innerException) { }
}
