namespace NativeOpt.Tests;

/// <summary>Counts managed allocations of repeated work.</summary>
internal static class AllocationProbe
{
    private const int Rounds = 8;

    /// <summary>
    /// Bytes that the work allocates each time, after <paramref name="warmUp"/> calls. The runtime itself allocates now and then
    /// on any thread (a method that is compiled anew); work that allocates does so in every round, so the smallest round counts.
    /// </summary>
    public static long BytesOf(Action work, int warmUp = 10, int repeats = 20)
    {
        for (int i = 0; i < warmUp; i++)
            work();
        long smallest = long.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < repeats; i++)
                work();
            smallest = Math.Min(smallest, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return smallest;
    }
}
