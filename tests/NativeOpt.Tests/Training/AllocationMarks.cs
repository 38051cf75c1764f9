using Xunit;

namespace NativeOpt.Tests.Training;

/// <summary>
/// Bytes the current thread allocates between two marks. A garbage collection (another test may cause one at any time) books the
/// unused rest of the thread's allocation block as allocated, so spans with a collection in them do not count.
/// </summary>
internal sealed class AllocationMarks(int capacity)
{
    private readonly (long Bytes, int Collections)[] _marks = new (long, int)[capacity];

    public int Count { get; private set; }

    /// <summary>Marks this moment. Allocates nothing.</summary>
    public void Mark() => _marks[Count++] = (GC.GetAllocatedBytesForCurrentThread(), GC.CollectionCount(0));

    /// <summary>Asserts that nothing was allocated between the marks of each pair, in at least half of the pairs.</summary>
    public void AssertNothingBetween(IEnumerable<(int From, int To)> pairs)
    {
        (int From, int To)[] all = [.. pairs];
        (int From, int To)[] quiet = [.. all.Where(pair => _marks[pair.From].Collections == _marks[pair.To].Collections)];
        Assert.True(2 * quiet.Length >= all.Length, $"only {quiet.Length} of {all.Length} spans were without a collection");
        Assert.All(quiet, pair => Assert.Equal(0, _marks[pair.To].Bytes - _marks[pair.From].Bytes));
    }
}
