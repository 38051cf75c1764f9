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
        const int steps = 2 * Rows / BatchSize;
        Features inputs = InputsOf(kind);
        using Sequential model = TestModels.Digits(TestBackends.Open(backend));

        AllocationMarks.AssertZeros(steps - 1, () =>
        {
            var marks = new AllocationMarks(2 * steps);
            var recorder = new ActionCallback { BatchBegin = (_, _) => marks.Mark(), BatchEnd = (_, _, _) => marks.Mark() };
            model.Fit(inputs, DigitsData.Rows(0, Rows).Y, epochs: 2, batchSize: BatchSize, callbacks: [recorder]);
            // Every second difference is a step; the others are what lies between two.
            return marks.Differences().Where((_, index) => index % 2 == 0).Skip(1);
        });
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void TrainingStep_WithRandomLayersAndNormalizations_AllocatesNothing(string backend)
    {
        const int steps = Rows / BatchSize;
        using var model = new Sequential(seed: 7)
        {
            new Rescaling(1 / 16.0), new Dense(16, "relu", inputShape: 64), new BatchNormalization(), new Dropout(0.2),
            new GaussianNoise(new ExponentialDecay(0.1, 100, 0.5)), new LayerNormalization(), new RMSNormalization(),
            new GaussianDropout(0.1), new AlphaDropout(0.1), new Dense(10, "softmax"),
        };
        model.Compile(new Adam(), TestModels.SparseLoss, null, TestBackends.Open(backend));

        AllocationMarks.AssertZeros(steps - 1, () =>
        {
            var marks = new AllocationMarks(2 * steps);
            var recorder = new ActionCallback { BatchBegin = (_, _) => marks.Mark(), BatchEnd = (_, _, _) => marks.Mark() };
            model.Fit(DigitsData.Rows(0, Rows), epochs: 1, batchSize: BatchSize, callbacks: [recorder]);
            return marks.Differences().Where((_, index) => index % 2 == 0).Skip(1);
        });
    }

    [Fact]
    public void TrainingStep_WithProgress_AllocatesNothingFromReportToReport()
    {
        const int batches = Rows / BatchSize;
        using Sequential model = TestModels.Digits();

        AllocationMarks.AssertZeros(batches - 1, () =>
        {
            // A report for each batch and one for the epoch, whose summary does allocate.
            var progress = new MarkingProgress(new AllocationMarks(batches + 1));
            model.Fit(DigitsData.Rows(0, Rows), epochs: 1, batchSize: BatchSize, progress: progress);
            return progress.Marks.Differences().SkipLast(1);
        });
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void StepByHand_AfterTheFirst_AllocatesNothing(string backend)
    {
        InMemoryDataset data = DigitsData.Rows(0, BatchSize);
        using Sequential model = TestModels.Digits(TestBackends.Open(backend));
        model.Forward(data.X);
        model.Backward(data.Y);
        model.Optimizer!.Step(model);

        AllocationMarks.AssertZeros(10, () =>
        {
            var marks = new AllocationMarks(11);
            marks.Mark();
            for (int i = 0; i < 10; i++)
            {
                model.ZeroGradients();
                model.Optimizer.Step(model);
                marks.Mark();
            }
            return marks.Differences();
        });
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
