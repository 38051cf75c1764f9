namespace NativeOpt;

/// <summary>
/// The core refused a call or could not be loaded. The message names the argument, its value and the limit.
/// </summary>
public sealed class NativeOptException : Exception
{
    /// <summary>An exception without a message.</summary>
    public NativeOptException() { }

    /// <summary>An exception that says what is wrong.</summary>
    public NativeOptException(string message) : base(message) { }

    /// <summary>An exception that says what is wrong and what caused it.</summary>
    public NativeOptException(string message, Exception innerException) : base(message, innerException) { }
}
