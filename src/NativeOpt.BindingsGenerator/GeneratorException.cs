namespace NativeOpt.BindingsGenerator;

/// <summary>A failure that the user can mend; the message says how it looks from outside, without a stack trace.</summary>
internal sealed class GeneratorException(string message) : Exception(message);
