using Xunit;

namespace NativeOpt.Tests.Training;

public class FitTests
{
    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Fit_OnDigits_ReachesMoreThan95PercentOnTheTestPart(string backend)
    {
        DataSplit digits = Datasets.Digits.Load();
        using var model = new Sequential(seed: 1) { new Dense(64, "relu", inputShape: 64), new Dense(10, "softmax") };
        model.Compile(new Adam { LearningRate = 0.005 }, TestModels.SparseLoss, ["accuracy"], TestBackends.Open(backend));

        model.Fit(digits.Train, epochs: 15);

        Assert.InRange(model.Evaluate(digits.Test).Accuracy!.Value, 0.95, 1);
    }

    [Fact]
    public void Fit_WithAShortLastBatch_WeighsLossesByRows()
    {
        InMemoryDataset data = DigitsData.Rows(0, 50);
        using Sequential model = TestModels.Digits(new Sgd { LearningRate = 0 });

        double loss = model.Fit(data, batchSize: 32, shuffle: false)["loss"][0];

        // With a learning rate of 0 the mean over batches of 32 and 18 rows is the mean over all 50.
        Assert.Equal(model.Evaluate(data, batchSize: 50).Loss, loss, 1e-7);
        double first = model.Evaluate(DigitsData.Rows(0, 32)).Loss;
        double second = model.Evaluate(DigitsData.Rows(32, 50)).Loss;
        Assert.Equal((32 * first + 18 * second) / 50, loss, 1e-7);
        Assert.NotEqual((first + second) / 2, loss, 1e-4);
    }

    [Fact]
    public void LargestBatchSize_IsOneBatchOfAllRows()
    {
        InMemoryDataset data = DigitsData.Rows(0, 50);
        using Sequential exact = TestModels.Digits();
        using Sequential largest = TestModels.Digits();

        History expected = exact.Fit(data, epochs: 3, batchSize: 50);
        History actual = largest.Fit(data, epochs: 3, batchSize: int.MaxValue, validationData: data);

        Assert.Equal(3, largest.Optimizer!.StepCount);
        Assert.Equal(expected["loss"], actual["loss"]);
        Assert.Equal(exact.Evaluate(data, batchSize: 50).Loss, largest.Evaluate(data, batchSize: int.MaxValue).Loss);
        Assert.Equal(exact.Predict(data.X, batchSize: 50), largest.Predict(data.X, batchSize: int.MaxValue));
    }

    [Fact]
    public void Fit_WithValidationSplit_HoldsTheLastRowsBack()
    {
        InMemoryDataset data = DigitsData.Rows(0, 100);
        using Sequential split = TestModels.Digits();
        using Sequential given = TestModels.Digits();

        History splitHistory = split.Fit(data, epochs: 2, validationSplit: 0.25);
        History givenHistory = given.Fit(DigitsData.Rows(0, 75), epochs: 2, validationData: DigitsData.Rows(75, 100));

        Assert.Equal(TestModels.Parameters(given), TestModels.Parameters(split));
        Assert.Equal(givenHistory["val_loss"], splitHistory["val_loss"]);
        Assert.Equal(givenHistory["val_accuracy"], splitHistory["val_accuracy"]);
    }

    [Fact]
    public void Fit_WithValidationDataAndSplit_TrainsOnAllRows()
    {
        using Sequential model = TestModels.Digits();
        InMemoryDataset data = DigitsData.Rows(0, 64);
        int batches = 0;

        model.Fit(data.X, data.Y, batchSize: 16, validationData: (data.X, data.Y), validationSplit: 0.5,
            callbacks: [new ActionCallback { BatchEnd = (_, _, _) => batches++ }]);

        Assert.Equal(4, batches);
    }

    [Fact]
    public void Fit_Shuffled_VisitsEveryRowOnceAnEpochInAnotherOrder()
    {
        var data = new RecordingDataset(rows: 20);
        using var model = new Sequential(seed: 4) { new Dense(1, inputShape: 1) };
        model.Compile("sgd", "mse", backend: BackendKind.Managed);

        model.Fit(data, epochs: 2, batchSize: 8);

        int[] all = [.. Enumerable.Range(0, 20)];
        int[] first = [.. data.Rows.Take(20)];
        int[] second = [.. data.Rows.Skip(20)];
        Assert.Equal(all, first.Order());
        Assert.Equal(all, second.Order());
        Assert.NotEqual(all, first);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void History_HasACurveForEveryNameAndTheEpochs()
    {
        using Sequential model = TestModels.Digits();

        History history = model.Fit(DigitsData.Rows(0, 64), epochs: 3, validationSplit: 0.25);

        Assert.Equal(["loss", "accuracy", "val_loss", "val_accuracy"], history.Keys);
        Assert.Equal([1, 2, 3], history.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(history["val_accuracy"], history.Epochs.Select(epoch => epoch.ValidationAccuracy!.Value));
        Assert.All(history.Epochs, epoch => Assert.True(epoch.Seconds > 0));
        Assert.Same(history, model.History);
        var failure = Assert.Throws<KeyNotFoundException>(() => history["lost"]);
        Assert.Contains("val_loss", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_WhoseLossBecomesNaN_ReportsNaNAndGoesOn()
    {
        using Sequential model = TestModels.Digits();
        var x = new float[8, 64];
        x[3, 5] = float.NaN;

        History history = model.Fit(x, new int[8], epochs: 2, batchSize: 4, shuffle: false);

        Assert.Equal([double.NaN, double.NaN], history["loss"]);
    }

    [Fact]
    public void Evaluate_GivesTheLossAndAccuracyOfPredictions()
    {
        InMemoryDataset data = DigitsData.Rows(0, 40);
        using Sequential model = TestModels.Digits();
        model.Fit(data, epochs: 3);

        EvaluationResult result = model.Evaluate(data, batchSize: 7);
        float[,] predictions = model.Predict(data.X, batchSize: 9);

        double loss = 0, correct = 0;
        for (int row = 0; row < 40; row++)
        {
            int label = data.Y.GetLabel(row);
            loss -= Math.Log(predictions[row, label]) / 40;
            int best = Enumerable.Range(0, 10).MaxBy(column => predictions[row, column]);
            correct += best == label ? 1 : 0;
        }
        Assert.Equal(loss, result.Loss, 1e-5);
        Assert.Equal(correct / 40, result.Accuracy!.Value, 1e-12);
    }

    [SkippableFact]
    public void Fit_OnPartOfFashionMnist_LearnsInOneEpoch()
    {
        Skip.IfNot(Datasets.FashionMnist.IsAvailable(), "data set absent: fashion-mnist");
        DataSplit data = Datasets.FashionMnist.Load();
        const int rows = 2000;
        var x = new Features(PixelsOf(data.Train, rows), rows, 784);
        int[] y = [.. Enumerable.Range(0, rows).Select(row => data.Train.Y.GetLabel(row))];
        using var model = new Sequential(seed: 2) { new Dense(128, "relu", inputShape: 784), new Dense(10, "softmax") };
        model.Compile("adam", TestModels.SparseLoss, ["accuracy"]);

        model.Fit(x, y, epochs: 1);

        Assert.Equal((60_000, 10_000), (data.Train.Count, data.Test.Count));
        Assert.InRange(model.Evaluate(x, y, batchSize: 256).Accuracy!.Value, 0.7, 1);
    }

    private static float[] PixelsOf(InMemoryDataset data, int rows)
    {
        var pixels = new float[rows * 784];
        for (int row = 0; row < rows; row++)
            data.X.Require("x").CopyRow(row, pixels.AsSpan(row * 784, 784));
        return pixels;
    }

    private sealed class RecordingDataset(int rows) : Dataset
    {
        public List<int> Rows { get; } = [];

        public override int Count => rows;

        public override int InputColumns => 1;

        public override int TargetColumns => 1;

        public override void Gather(ReadOnlySpan<int> rows, Batch batch)
        {
            Rows.AddRange(rows);
            batch.Inputs.Fill(1);
            batch.Targets.Fill(1);
        }
    }
}
