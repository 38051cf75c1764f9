using Xunit;

namespace NativeOpt.Tests.Training;

public class AllocationTests
{
    private const int Rows = 320;
    private const int BatchSize = 32;

    public static TheoryData<string, string> Inputs()
    {
        var data = new TheoryData<string, string>();
        foreach (object[] backend in (IEnumerable<object[]>)TestBackends.All)
            foreach (string kind in new[] { "bytes", "matrix", "jagged", "memory" })
                data.Add((string)backend[0], kind);
        return data;
    }

    [SkippableTheory]
    [MemberData(nameof(Inputs))]
    public void TrainingStep_AfterTheFirst_AllocatesNothing(string backend, string kind)
    {
        using Sequential model = TestModels.Digits(TestBackends.Open(backend));
        // One mark before and one after each step of two epochs.
        var marks = new long[2 * 2 * Rows / BatchSize];
        int count = 0;
        var recorder = new ActionCallback
        {
            BatchBegin = (_, _) => marks[count++] = GC.GetAllocatedBytesForCurrentThread(),
            BatchEnd = (_, _, _) => marks[count++] = GC.GetAllocatedBytesForCurrentThread(),
        };

        model.Fit(InputsOf(kind), DigitsData.Rows(0, Rows).Y, epochs: 2, batchSize: BatchSize, callbacks: [recorder]);

        Assert.Equal(marks.Length, count);
        long[] steps = [.. Enumerable.Range(0, marks.Length / 2).Select(step => marks[2 * step + 1] - marks[2 * step])];
        Assert.All(steps.Skip(1), allocated => Assert.Equal(0, allocated));
    }

    [Fact]
    public void TrainingStep_BetweenTwoOthers_AllocatesNothingForProgressAndOrder()
    {
        using Sequential model = TestModels.Digits();
        var progress = new Marks(2 * Rows / BatchSize);

        model.Fit(DigitsData.Rows(0, Rows), epochs: 1, batchSize: BatchSize, progress: progress);

        // From one report to the next: a whole step with callbacks, order, metrics and report.
        Assert.All(progress.Differences(Rows / BatchSize), allocated => Assert.Equal(0, allocated));
    }

    private static Features InputsOf(string kind)
    {
        Features bytes = DigitsData.Rows(0, Rows).X;
        var matrix = new float[Rows, bytes.Columns];
        for (int row = 0; row < Rows; row++)
            bytes.Require("x").CopyRow(row, System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref matrix[row, 0], bytes.Columns));
        return kind switch
        {
            "bytes" => bytes,
            "matrix" => matrix,
            "jagged" => Enumerable.Range(0, Rows).Select(row => Enumerable.Range(0, bytes.Columns).Select(c => matrix[row, c]).ToArray()).ToArray(),
            _ => new Features(matrix.Cast<float>().ToArray(), Rows, bytes.Columns),
        };
    }

    private sealed class Marks(int capacity) : IProgress<TrainingProgress>
    {
        private readonly long[] _marks = new long[capacity];
        private int _count;

        public void Report(TrainingProgress value) => _marks[_count++] = GC.GetAllocatedBytesForCurrentThread();

        public IEnumerable<long> Differences(int count) => Enumerable.Range(2, count - 2).Select(i => _marks[i] - _marks[i - 1]);
    }
}
