using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Callbacks;

/// <summary>Validation with averaged weights.</summary>
public class SwapEmaWeightsTests
{
    private static readonly InMemoryDataset Train = DigitsData.Rows(0, 96), Validation = DigitsData.Rows(96, 160);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Validation_IsOfTheAverages_AndTrainingGoesOnWithTheWeights(bool swapOnEpoch)
    {
        using Sequential swapped = Build(), plain = Build();
        var losses = new List<double>();
        var averages = new ActionCallback
        {
            EpochEnd = (model, _, _) =>
            {
                model.Optimizer!.SwapAverageWeights();
                losses.Add(model.Evaluate(Validation, batchSize: 32).Loss);
                model.Optimizer.SwapAverageWeights();
            },
        };
        plain.Fit(Train, epochs: 3, batchSize: 32, callbacks: [averages], seed: 1);

        var seenAtEnd = new List<bool>();
        var seen = new ActionCallback { EpochEnd = (model, _, _) => seenAtEnd.Add(model.Optimizer!.HasAveragesInModel) };
        History history = swapped.Fit(
            Train, epochs: 3, batchSize: 32, validationData: Validation, callbacks: [new SwapEmaWeights(swapOnEpoch), seen], seed: 1);

        Assert.Equal(losses, history["val_loss"]);
        Assert.Equal([swapOnEpoch, swapOnEpoch, swapOnEpoch], seenAtEnd);
        Assert.False(swapped.Optimizer!.HasAveragesInModel);
        Assert.Equal(TestModels.Parameters(plain), TestModels.Parameters(swapped));
    }

    [Fact]
    public void Fit_ThatEndedWithTheAveragesInTheModel_IsFollowedByOneThatTrains()
    {
        using Sequential model = Build();
        var failing = new ActionCallback { EpochEnd = (_, _, _) => throw new InvalidOperationException("stop") };
        Assert.Throws<InvalidOperationException>(
            () => model.Fit(Train, epochs: 1, batchSize: 32, callbacks: [new SwapEmaWeights(swapOnEpoch: true), failing]));
        Assert.True(model.Optimizer!.HasAveragesInModel);
        model.Fit(Train, epochs: 1, batchSize: 32, callbacks: [new SwapEmaWeights()]);
        Assert.False(model.Optimizer.HasAveragesInModel);
    }

    [Fact]
    public void Fit_WithoutAverages_IsRefused()
    {
        using Sequential model = TestModels.Digits(new Sgd());
        Assert.Contains("sgd keeps no average of the weights; set UseEma", Assert.Throws<InvalidOperationException>(
            () => model.Fit(Train, callbacks: [new SwapEmaWeights()])).Message, StringComparison.Ordinal);
    }

    private static Sequential Build() => TestModels.Digits(new Adam { LearningRate = 0.01, UseEma = true, EmaMomentum = 0.8 });
}
