namespace NativeOpt.Interop;

/// <summary>What came of looking for the native library.</summary>
/// <param name="Handle">The loaded module, or 0.</param>
/// <param name="Path">The file it came from, or the name it was found under; null where nothing was loaded.</param>
/// <param name="Failure">One sentence that says why there is none; null where there is one.</param>
/// <param name="Trace">Each place that was tried and what the loader said, in order.</param>
internal sealed record NativeLibraryLoad(nint Handle, string? Path, string? Failure, IReadOnlyList<string> Trace)
{
    /// <summary>Whether the native library can be called.</summary>
    public bool IsLoaded => Failure is null;

    /// <summary>The failure and the whole trace, for an exception.</summary>
    public string Explain() =>
        $"{Failure}{Environment.NewLine}{string.Join(Environment.NewLine, Trace.Select(line => "  " + line))}";
}
