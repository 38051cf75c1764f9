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
        const int steps = 2 * Rows / BatchSize;
        var marks = new AllocationMarks(2 * steps);
        var recorder = new ActionCallback { BatchBegin = (_, _) => marks.Mark(), BatchEnd = (_, _, _) => marks.Mark() };

        model.Fit(InputsOf(kind), DigitsData.Rows(0, Rows).Y, epochs: 2, batchSize: BatchSize, callbacks: [recorder]);

        Assert.Equal(2 * steps, marks.Count);
        marks.AssertNothingBetween(Enumerable.Range(1, steps - 1).Select(step => (2 * step, 2 * step + 1)));
    }

    [Fact]
    public void TrainingStep_WithProgress_AllocatesNothingFromReportToReport()
    {
        using Sequential model = TestModels.Digits();
        // A report for each batch and one for the epoch, whose summary does allocate.
        const int batches = Rows / BatchSize;
        var progress = new MarkingProgress(new AllocationMarks(batches + 1));

        model.Fit(DigitsData.Rows(0, Rows), epochs: 1, batchSize: BatchSize, progress: progress);

        progress.Marks.AssertNothingBetween(Enumerable.Range(1, batches - 2).Select(batch => (batch, batch + 1)));
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
            "jagged" => matrix.Cast<float>().Chunk(bytes.Columns).ToArray(),
            _ => new Features(matrix.Cast<float>().ToArray(), Rows, bytes.Columns),
        };
    }

    private sealed class MarkingProgress(AllocationMarks marks) : IProgress<TrainingProgress>
    {
        public AllocationMarks Marks => marks;

        public void Report(TrainingProgress value) => marks.Mark();
    }
}
