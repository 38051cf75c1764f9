using Xunit;

namespace NativeOpt.Tests.Training;

public sealed class LearningRateFinderTests
{
    [Fact]
    public void Run_SuggestsARateThatLearnsBelowTheOneThatExplodes()
    {
        using Sequential model = TestModels.Digits(new Sgd());

        LearningRateCurve curve = new LearningRateFinder { MinLearningRate = 1e-5, MaxLearningRate = 100 }.Run(model, DigitsData.Rows(0, 512));

        Assert.InRange(curve.Suggestion, 1e-3, 1);
        Assert.InRange(curve.LowestLossRate, curve.Suggestion, 10);
        Assert.True(curve.Losses[^1] > curve.Losses.Min());
        Assert.Equal(curve.LearningRates.Count, curve.Losses.Count);
        Assert.Equal(curve.LearningRates.Order(), curve.LearningRates);
    }

    [Fact]
    public void Run_LeavesModelAndOptimizerAsTheyWere()
    {
        using Sequential model = TestModels.Digits(), other = TestModels.Digits();
        InMemoryDataset data = DigitsData.Rows(0, 64);
        double[] before = TestModels.Parameters(model);

        new LearningRateFinder { Steps = 20 }.Run(model, data);

        Assert.Equal(before, TestModels.Parameters(model));
        Assert.Equal((0L, 0.005), (model.Optimizer!.StepCount, model.Optimizer.LearningRate));
        model.Fit(data, epochs: 2);
        other.Fit(data, epochs: 2);
        Assert.Equal(TestModels.Parameters(other), TestModels.Parameters(model));
    }

    [Fact]
    public void Run_InTheMiddleOfATraining_LeavesItAsItWas()
    {
        using Sequential model = TestModels.Digits(), other = TestModels.Digits();
        InMemoryDataset data = DigitsData.Rows(0, 64);
        foreach (Sequential each in new[] { model, other })
            each.Fit(data, epochs: 2);

        new LearningRateFinder { Steps = 20 }.Run(model, data, batchSize: 16);

        foreach (Sequential each in new[] { model, other })
            each.Fit(data, epochs: 2);
        Assert.Equal(TestModels.Parameters(other), TestModels.Parameters(model));
    }

    [Fact]
    public void Suggestion_IsWhereTheLossFallsFastest()
    {
        var curve = new LearningRateCurve([1e-4, 1e-3, 1e-2, 1e-1, 1], [2.3, 2.2, 1.5, 1.2, 9]);

        Assert.Equal((1e-2, 1e-1), (curve.Suggestion, curve.LowestLossRate));
        Assert.True(double.IsNaN(new LearningRateCurve([1e-4, 1e-3], [1, 2]).Suggestion));
        Assert.True(double.IsNaN(new LearningRateCurve([], []).LowestLossRate));
    }

    [Fact]
    public void Run_OfWhatCannotBe_IsRefused()
    {
        using Sequential model = TestModels.Digits();
        Assert.Throws<ArgumentException>(() => new LearningRateFinder { MinLearningRate = 20 }.Run(model, DigitsData.Rows(0, 64)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LearningRateFinder().Run(model, DigitsData.Rows(0, 64), batchSize: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LearningRateFinder { Steps = 3 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LearningRateFinder { StopFactor = 0.5 });
        using var bare = new Sequential { new Dense(10, "softmax", inputShape: 64) };
        Assert.Throws<InvalidOperationException>(() => new LearningRateFinder().Run(bare, DigitsData.Rows(0, 64)));
    }
}
