using System.Globalization;
using System.Runtime.InteropServices;

namespace NativeOpt.Benchmarks.Memory;

/// <summary>What the kernel says of this process; Linux only.</summary>
internal static partial class ProcessMemory
{
    /// <summary>Whether it can be asked.</summary>
    public static bool IsKnown => File.Exists("/proc/self/clear_refs");

    /// <summary>Bytes of memory that are in use now, once the garbage is gone and the C library has given back what it keeps.</summary>
    public static long Now()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        _ = Trim(0);
        return Read("VmRSS:");
    }

    /// <summary>The most since <see cref="ForgetPeak"/>.</summary>
    public static long Peak() => Read("VmHWM:");

    /// <summary>Sets the peak to what is in use now.</summary>
    public static void ForgetPeak() => File.WriteAllText("/proc/self/clear_refs", "5");

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint keep);

    // "VmRSS:     12345 kB"
    private static long Read(string name) => 1024 * long.Parse(
        File.ReadLines("/proc/self/status").Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..^2],
        CultureInfo.InvariantCulture);
}
