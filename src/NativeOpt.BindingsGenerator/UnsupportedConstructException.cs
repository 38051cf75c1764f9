namespace NativeOpt.BindingsGenerator;

/// <summary>The header holds something that has no exact, blittable counterpart in C#, or that the ABI's rules forbid.</summary>
internal sealed class UnsupportedConstructException(int line, string reason) : Exception(reason)
{
    /// <summary>Line of the header, counted from 1.</summary>
    public int Line { get; } = line;

    /// <summary>Refuses what stands in <paramref name="line"/> if <paramref name="condition"/> holds.</summary>
    public static void ThrowIf(bool condition, int line, string reason)
    {
        if (condition) throw new UnsupportedConstructException(line, reason);
    }
}
