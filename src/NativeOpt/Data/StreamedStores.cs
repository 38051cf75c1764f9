using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NativeOpt.Data;

/// <summary>
/// Stores that go past the caches. A batch is written by one thread and read by several; to write over lines that another core has
/// read, each has to be asked back from it first, which takes up to ten times as long as this.
/// </summary>
internal static unsafe class StreamedStores
{
    /// <summary>Numbers from which on it is worthwhile.</summary>
    public const int Worthwhile = 4096;

    /// <summary>Whether whole vectors can be stored from here on: at a multiple of 64 bytes.</summary>
    public static bool Fit(float* destination) => (nuint)destination % (nuint)sizeof(Vector512<float>) == 0;

    /// <summary>Copies numbers as they are.</summary>
    public static void Copy(ReadOnlySpan<float> source, Span<float> destination)
    {
        int done = 0;
        fixed (float* to = destination)
        {
            ref float from = ref MemoryMarshal.GetReference(source);
            for (; Fit(to) && done + Vector512<float>.Count <= source.Length; done += Vector512<float>.Count)
                Vector512.LoadUnsafe(ref from, (nuint)done).StoreAlignedNonTemporal(to + done);
        }
        source[done..].CopyTo(destination[done..]);
    }

    /// <summary>After the last store, before another thread reads: other stores do not wait for these.</summary>
    public static void Finish()
    {
        if (Sse.IsSupported)
            Sse.StoreFence();
    }
}
