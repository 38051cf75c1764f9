using Xunit;

namespace NativeOpt.Tests.Training;

/// <summary>
/// Bytes the current thread allocates between marks. A garbage collection, which another test may cause at any time, books the
/// unused rest of the thread's allocation block as allocated: so a measurement is repeated, and what really allocates does so in
/// every repetition.
/// </summary>
internal sealed class AllocationMarks(int capacity)
{
    private const int Repetitions = 6;

    private readonly long[] _marks = new long[capacity];
    private int _count;

    /// <summary>Marks this moment. Allocates nothing.</summary>
    public void Mark() => _marks[_count++] = GC.GetAllocatedBytesForCurrentThread();

    /// <summary>Bytes from mark to mark: the first differences.</summary>
    public long[] Differences() => [.. Enumerable.Range(1, _count - 1).Select(i => _marks[i] - _marks[i - 1])];

    /// <summary>Asserts that training steps of a model of the digits allocate nothing after the first.</summary>
    public static void AssertStepsAllocateNothing(Model model)
    {
        const int batches = 10, batchSize = 32;
        AssertZeros(batches - 1, () =>
        {
            var marks = new AllocationMarks(2 * batches);
            var recorder = new ActionCallback { BatchBegin = (_, _) => marks.Mark(), BatchEnd = (_, _, _) => marks.Mark() };
            model.Fit(DigitsData.Rows(0, batchSize * batches), epochs: 1, batchSize: batchSize, callbacks: [recorder]);
            // Every second difference is a step; the others are what lies between two.
            return marks.Differences().Where((_, index) => index % 2 == 0).Skip(1);
        });
    }

    /// <summary>Asserts that one repetition of a measurement finds nothing but zeros.</summary>
    public static void AssertZeros(int expectedCount, Func<IEnumerable<long>> measure)
    {
        var results = new List<string>();
        for (int i = 0; i < Repetitions; i++)
        {
            long[] bytes = [.. measure()];
            Assert.Equal(expectedCount, bytes.Length);
            if (Array.TrueForAll(bytes, value => value == 0))
                return;
            results.Add(string.Join(' ', bytes));
        }
        Assert.Fail($"every repetition allocated:\n{string.Join('\n', results)}");
    }
}
