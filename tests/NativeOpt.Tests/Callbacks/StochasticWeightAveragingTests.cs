using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Callbacks;

/// <summary>Means of the weights of epochs, their learning rate, and the statistics that belong to them.</summary>
public class StochasticWeightAveragingTests
{
    private static readonly InMemoryDataset Data = DigitsData.Rows(0, 96);

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Fit_EndsWithTheMeanOfTheWeightsFromAnEpochOn(string backend)
    {
        using Sequential model = TestModels.Digits(TestBackends.Open(backend));
        var averaging = new StochasticWeightAveraging(startEpoch: 1, frequency: 2);
        for (int fit = 0; fit < 2; fit++)
        {
            var weights = new List<double[]>();
            var recorder = new ActionCallback { EpochEnd = (_, _, _) => weights.Add(TestModels.Parameters(model)) };
            model.Fit(Data, epochs: 6, batchSize: 32, callbacks: [recorder, averaging]);

            // Epochs 1, 3 and 5.
            double[] actual = TestModels.Parameters(model);
            for (int i = 0; i < actual.Length; i++)
                Assert.Equal((weights[1][i] + weights[3][i] + weights[5][i]) / 3, actual[i], 1e-6);
            Assert.NotEqual(weights[5], actual);
        }
    }

    [Fact]
    public void Fit_ThatEndsBeforeTheFirstEpoch_KeepsItsWeights()
    {
        using Sequential model = TestModels.Digits();
        double[] last = [];
        var recorder = new ActionCallback { EpochEnd = (_, _, _) => last = TestModels.Parameters(model) };
        model.Fit(Data, epochs: 2, batchSize: 32, callbacks: [recorder, new StochasticWeightAveraging(startEpoch: 2)]);
        Assert.Equal(last, TestModels.Parameters(model));
    }

    [Fact]
    public void FrozenLayers_AreLeftAlone()
    {
        using Sequential model = TestModels.Digits();
        model.Layers[0].Trainable = false;
        model.Compile(new Sgd { LearningRate = 0.1 }, TestModels.SparseLoss, backend: BackendKind.Managed);
        double[] frozen = TestModels.Parameter(model, "dense/kernel");
        model.Fit(Data, epochs: 3, batchSize: 32, callbacks: [new StochasticWeightAveraging(startEpoch: 0)]);
        Assert.Equal(frozen, TestModels.Parameter(model, "dense/kernel"));
    }

    [Theory]
    [InlineData(4, AnnealStrategy.Linear, new[] { 0.1, 0.1, 0.1, 0.08, 0.06, 0.04, 0.02, 0.02 })]
    [InlineData(2, AnnealStrategy.Cos, new[] { 0.1, 0.1, 0.1, 0.06, 0.02, 0.02, 0.02, 0.02 })]
    [InlineData(0, AnnealStrategy.Cos, new[] { 0.1, 0.1, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02 })]
    public void LearningRate_GoesToThatOfAveraging(int annealEpochs, AnnealStrategy strategy, double[] expected)
    {
        using Sequential model = TestModels.Digits(new Sgd { LearningRate = 0.1 });
        var rates = new List<double>();
        var recorder = new ActionCallback { BatchBegin = (_, _) => rates.Add(model.Optimizer!.LearningRate) };
        model.Fit(Data, epochs: 8, batchSize: 96, callbacks:
        [
            new StochasticWeightAveraging(startEpoch: 2, learningRate: 0.02, annealEpochs: annealEpochs, annealStrategy: strategy), recorder,
        ]);
        Assert.All(expected.Zip(rates), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void SwaLR_FollowsItsFormulaAndItsText()
    {
        Schedule schedule = Schedule.Parse("swa_lr(lr=0.5, swa_lr=0.1, anneal_epochs=5)");
        Assert.Equal(new SwaLR(0.5, 0.1, 5), schedule);
        for (int t = 0; t <= 7; t++)
            Assert.Equal(0.5 - 0.4 * (1 - Math.Cos(Math.PI * Math.Min(t, 5) / 5)) / 2, schedule.ValueAt(t), 1e-15);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SwaLR(0.5, -0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SwaLR(0.5, 0.1, -1));
    }

    [Theory]
    [InlineData(-1, 1, null, 10)]
    [InlineData(0, 0, null, 10)]
    [InlineData(0, 1, -0.5, 10)]
    [InlineData(0, 1, null, -1)]
    public void Constructor_WithANumberOutsideItsRange_IsRefused(int startEpoch, int frequency, double? learningRate, int annealEpochs) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new StochasticWeightAveraging(startEpoch, frequency, learningRate, annealEpochs));

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void RefreshStatistics_MakesThemTheMeansOverBatches(string backend)
    {
        using var model = new Sequential(seed: 3) { new BatchNormalization(), new Dropout(0.5), new Dense(2) };
        model.Compile(new Sgd(), "mse", [], TestBackends.Open(backend));
        float[,] x = TestModels.Waves(10, 3);
        model.Fit(x, TestModels.Waves(10, 2), epochs: 2, batchSize: 5);

        model.RefreshStatistics(x, batchSize: 4);

        double[] mean = TestModels.Parameter(model, "batch_normalization/moving_mean");
        double[] variance = TestModels.Parameter(model, "batch_normalization/moving_variance");
        for (int column = 0; column < 3; column++)
        {
            double[][] batches = [.. Enumerable.Range(0, 10).Select(row => (double)x[row, column]).Chunk(4)];
            Assert.Equal(batches.Average(batch => batch.Average()), mean[column], 1e-6);
            Assert.Equal(batches.Average(batch => batch.Average(v => v * v) - Math.Pow(batch.Average(), 2)), variance[column], 1e-6);
        }

        // Training then goes on with the momentum of the layer.
        model.TrainOnBatch(new float[4, 3], new float[4, 2]);
        double[] moved = TestModels.Parameter(model, "batch_normalization/moving_mean");
        Assert.All(mean.Zip(moved), pair => Assert.Equal(0.99 * pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void Fit_WithBatchNormalization_EndsWithTheStatisticsOfTheMeanWeights()
    {
        double[] refreshed = Train(refreshesStatistics: true, out Sequential model);
        using (model)
        {
            model.RefreshStatistics(DigitsData.Rows(0, 96), batchSize: 32);
            Assert.Equal(refreshed, TestModels.Parameter(model, "batch_normalization/moving_mean"));
        }
        Assert.NotEqual(refreshed, Train(refreshesStatistics: false, out Sequential other));
        other.Dispose();
    }

    [Fact]
    public void RefreshStatistics_WithWrongData_IsRefused()
    {
        using Sequential model = TestModels.Digits();
        Assert.Contains("expected rows of 64 columns", Assert.Throws<ArgumentException>(
            () => model.RefreshStatistics(new float[2, 3])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.RefreshStatistics(new float[2, 64], batchSize: 0));
    }

    private static double[] Train(bool refreshesStatistics, out Sequential model)
    {
        model = new Sequential(seed: 7) { new Dense(8, "relu", inputShape: 64), new BatchNormalization(), new Dense(10, "softmax") };
        model.Compile(new Sgd { LearningRate = 0.1 }, TestModels.SparseLoss, backend: BackendKind.Managed);
        model.Fit(Data, epochs: 3, batchSize: 32,
            callbacks: [new StochasticWeightAveraging(startEpoch: 1, refreshesStatistics: refreshesStatistics)]);
        return TestModels.Parameter(model, "batch_normalization/moving_mean");
    }
}
