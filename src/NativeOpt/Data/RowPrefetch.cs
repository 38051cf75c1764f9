using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace NativeOpt.Data;

/// <summary>Asks for memory before it is read.</summary>
internal static unsafe class RowPrefetch
{
    private const int Line = 64;

    // The processor's own prefetching takes over in longer rows, and its list of lines under way is short.
    private const int LongestPrefix = 16 * Line;

    /// <summary>The first lines of a row. Nothing is read, so that it does not matter where the memory moves meanwhile.</summary>
    public static void Fetch(ReadOnlySpan<byte> row)
    {
        if (!Sse.IsSupported)
            return;
        var first = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(row));
        for (int i = 0; i < Math.Min(row.Length, LongestPrefix); i += Line)
            Sse.Prefetch0(first + i);
    }
}
