using System.Runtime.InteropServices;

namespace NativeOpt.Interop;

/// <summary>
/// Pages of 2 MiB for large arenas. A step walks over several arrays at once, and with pages of 4 KiB waits for their addresses: a step
/// of 10 million parameters took 1.2 times as long. Linux gives such pages to those who ask, elsewhere nothing happens.
/// </summary>
internal static unsafe partial class HugePages
{
    /// <summary>What memory that shall have them is aligned to.</summary>
    public const int Size = 2 << 20;

    /// <summary>From here on the end of the last page, which may stay unused, does not matter.</summary>
    public const long SmallestAllocation = 4L * Size;

    private const int MadvHugePage = 14;

    /// <summary>Asks for them, before the memory is touched for the first time. A refusal changes nothing but the speed.</summary>
    public static void Advise(void* memory, nuint byteCount)
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = MAdvise(memory, byteCount, MadvHugePage);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library of another name.
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int MAdvise(void* address, nuint length, int advice);
}
