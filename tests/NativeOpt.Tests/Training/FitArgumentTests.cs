using Xunit;

namespace NativeOpt.Tests.Training;

/// <summary>The arguments of Fit, Evaluate and Predict that say how much, how often and from where on.</summary>
public class FitArgumentTests
{
    private static readonly InMemoryDataset Data = DigitsData.Rows(0, 64);

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void InitialEpoch_GoesOnWhereAnEarlierFitHasEnded(string backend)
    {
        using Sequential whole = TestModels.Digits(TestBackends.Open(backend));
        using Sequential halves = TestModels.Digits(TestBackends.Open(backend));
        var epochs = new List<int>();

        whole.Fit(Data, epochs: 5, batchSize: 16);
        halves.Fit(Data, epochs: 2, batchSize: 16);
        History rest = halves.Fit(Data, epochs: 5, batchSize: 16, initialEpoch: 2,
            callbacks: [new ActionCallback { EpochBegin = (_, epoch) => epochs.Add(epoch) }]);

        Assert.Equal([2, 3, 4], epochs);
        Assert.Equal([3, 4, 5], rest.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(TestModels.Parameters(whole), TestModels.Parameters(halves));
    }

    [Fact]
    public void InitialEpoch_WithASeed_HasTheOrdersOfThoseEpochs()
    {
        using Sequential whole = TestModels.Digits(new Sgd());
        using Sequential halves = TestModels.Digits(new Sgd());

        whole.Fit(Data, epochs: 4, batchSize: 16, seed: 5);
        halves.Fit(Data, epochs: 3, batchSize: 16, seed: 5);
        halves.Fit(Data, epochs: 4, batchSize: 16, seed: 5, initialEpoch: 3);

        Assert.Equal(TestModels.Parameters(whole), TestModels.Parameters(halves));
    }

    [Fact]
    public void InitialEpoch_OfAllEpochs_TrainsNothing()
    {
        using Sequential model = TestModels.Digits();

        Assert.Empty(model.Fit(Data, epochs: 3, initialEpoch: 3).Epochs);
        Assert.Equal(0, model.Optimizer!.StepCount);
    }

    [Fact]
    public void StepsPerEpoch_DividesThePassesOverTheRowsOtherwise()
    {
        using Sequential passes = TestModels.Digits();
        using Sequential steps = TestModels.Digits();

        // 4 steps a pass: 3 passes are 6 epochs of 2 steps, or 2 of 6.
        passes.Fit(Data, epochs: 3, batchSize: 16);
        History history = steps.Fit(Data, epochs: 6, batchSize: 16, stepsPerEpoch: 2);
        using Sequential longer = TestModels.Digits();
        longer.Fit(Data, epochs: 2, batchSize: 16, stepsPerEpoch: 6);

        Assert.Equal(6, history.Epochs.Count);
        Assert.Equal(TestModels.Parameters(passes), TestModels.Parameters(steps));
        Assert.Equal(TestModels.Parameters(passes), TestModels.Parameters(longer));
    }

    [Fact]
    public void StepsPerEpoch_IsWhatProgressCounts()
    {
        using Sequential model = TestModels.Digits();
        var counts = new List<(int, int)>();

        model.Fit(Data, epochs: 2, batchSize: 16, stepsPerEpoch: 3,
            progress: new Counting(report => counts.Add((report.Batch, report.BatchCount))));

        Assert.Equal([(1, 3), (2, 3), (3, 3), (3, 3), (1, 3), (2, 3), (3, 3), (3, 3)], counts);
    }

    [Fact]
    public void ValidationFrequency_ValidatesAfterEveryNthEpochOnly()
    {
        using Sequential model = TestModels.Digits();
        var keys = new List<string>();

        History history = model.Fit(Data, epochs: 5, validationData: Data, validationFrequency: 2,
            callbacks: [new ActionCallback { EpochEnd = (_, _, logs) => keys.Add(string.Join(' ', logs.Keys)) }]);

        const string trained = "loss accuracy", validated = "loss accuracy val_loss val_accuracy";
        Assert.Equal([trained, validated, trained, validated, trained], keys);
        Assert.Equal((5, 2), (history["loss"].Count, history["val_loss"].Count));
        Assert.Equal(
            [null, history["val_loss"][0], null, history["val_loss"][1], null], history.Epochs.Select(epoch => epoch.ValidationLoss));
    }

    [Fact]
    public void EarlyStopping_WaitsForValidationsOnly()
    {
        using Sequential model = TestModels.Digits();
        var stopping = new EarlyStopping { Patience = 1, MinDelta = 1e6 };
        var plateau = new ReduceLROnPlateau { Patience = 10 };

        History history = model.Fit(Data, epochs: 20, validationData: Data, validationFrequency: 3, callbacks: [stopping, plateau]);

        // Validations after epochs 3 and 6: the second is no better.
        Assert.Equal((6, (int?)5), (history.Epochs.Count, stopping.StoppedEpoch));
    }

    [Fact]
    public void ValidationStepsAndBatchSize_MeasureTheFirstRows()
    {
        using Sequential model = TestModels.Digits();

        History history = model.Fit(Data, validationData: Data, validationSteps: 3, validationBatchSize: 7);

        InMemoryDataset first = DigitsData.Rows(0, 21);
        Assert.Equal(model.Evaluate(first, batchSize: 7).Loss, history["val_loss"][0]);
        Assert.Equal(model.Evaluate(Data, batchSize: 7, steps: 3).Loss, history["val_loss"][0]);
        Assert.Equal(model.Evaluate(Data.X, Data.Y, batchSize: 7, steps: 3).Loss, history["val_loss"][0]);
    }

    [Fact]
    public void Predict_WithSteps_GivesTheFirstRows()
    {
        using Sequential model = TestModels.Digits();
        float[,] all = model.Predict(Data.X), some = model.Predict(Data.X, batchSize: 5, steps: 3);

        Assert.Equal((15, 10), (some.GetLength(0), some.GetLength(1)));
        Assert.Equal(all.Cast<float>().Take(150), some.Cast<float>());
        Assert.Equal(64, model.Predict(Data.X, batchSize: 60, steps: 9).GetLength(0));
        Assert.Equal(all, model.PredictOnBatch(Data.X));
    }

    [Fact]
    public void Predict_OfADataset_LeavesItsTargetsAside()
    {
        using Sequential model = TestModels.Digits();
        var rows = new InMemoryDataset(Data.X, TestModels.Waves(64, 3), [.. Enumerable.Repeat(2f, 64)]);

        Assert.Equal(model.Predict(Data.X), model.Predict(Data, batchSize: 7));
        Assert.Equal(model.Predict(Data.X), model.Predict(rows, batchSize: 7));
        Assert.Equal(14, model.Predict(rows, batchSize: 7, steps: 2).GetLength(0));
    }

    [Fact]
    public void TestOnBatch_MeasuresWithoutTraining()
    {
        using Sequential model = TestModels.Digits();

        EvaluationResult result = model.TestOnBatch(Data.X, Data.Y);

        EvaluationResult expected = model.Evaluate(Data, batchSize: 64);
        Assert.Equal((expected.Loss, expected.Accuracy), (result.Loss, result.Accuracy));
        Assert.Equal(0, model.Optimizer!.StepCount);
        Assert.Equal(2 * expected.Loss, model.TestOnBatch(Data.X, Data.Y, [.. Enumerable.Repeat(2f, 64)]).Loss, 1e-6);
    }

    [SkippableFact]
    public void Verbose_WithoutATerminal_IsSilent()
    {
        using Sequential model = TestModels.Digits();
        Skip.IfNot(Console.IsOutputRedirected, "the tests run on a terminal");
        TextWriter standard = Console.Out;
        using var caught = new StringWriter();
        Console.SetOut(caught);
        try
        {
            model.Fit(Data, verbose: true);
        }
        finally
        {
            Console.SetOut(standard);
        }
        Assert.DoesNotContain("Epoch", caught.ToString(), StringComparison.Ordinal);
    }

    public static TheoryData<Action<Sequential>, string> Mistakes => new()
    {
        { model => model.Fit(Data, epochs: 2, initialEpoch: -1), "initialEpoch is -1; it must be at least 0 and at most epochs, which is 2" },
        { model => model.Fit(Data, epochs: 2, initialEpoch: 3), "initialEpoch is 3; it must be at least 0 and at most epochs, which is 2" },
        { model => model.Fit(Data, stepsPerEpoch: 0), "stepsPerEpoch is 0; it must be at least 1" },
        { model => model.Fit(Data, validationSteps: 0), "validationSteps is 0; it must be at least 1" },
        { model => model.Fit(Data, validationBatchSize: -2), "validationBatchSize is -2; it must be at least 1" },
        { model => model.Fit(Data, validationFrequency: 0), "validationFrequency is 0; it must be at least 1" },
        { model => model.Evaluate(Data, steps: 0), "steps is 0; it must be at least 1" },
        { model => model.Evaluate(Data, callbacks: [null!]), "callbacks[0] is null" },
        { model => model.Predict(Data.X, steps: -1), "steps is -1; it must be at least 1" },
        { model => model.Predict(Data.X, callbacks: [null!]), "callbacks[0] is null" },
        { model => model.PredictOnBatch(new float[2, 3]), "expected rows of 64 columns; it got 3" },
        { model => model.TestOnBatch(Data.X, new int[3]), "y has 3 rows; x has 64" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Mistake_IsExplainedBeforeAnythingChanged(Action<Sequential> act, string sentence)
    {
        using Sequential model = TestModels.Digits();

        var failure = Assert.ThrowsAny<ArgumentException>(() => act(model));

        Assert.Contains(sentence, failure.Message, StringComparison.Ordinal);
        if (sentence.Contains("must be", StringComparison.Ordinal))
            Assert.Equal(sentence.Split(' ')[0], failure.ParamName);
        Assert.Equal(0, model.Optimizer!.StepCount);
    }

    private sealed class Counting(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
