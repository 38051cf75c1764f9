using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Callbacks;

/// <summary>Callbacks that change the learning rate in a Fit.</summary>
public sealed class LearningRateCallbackTests
{
    [Fact]
    public void LearningRateScheduler_SetsTheRateOfEachEpoch() =>
        Assert.Equal([0.1, 0.05, 0.025], Rates(new Sgd(), 3, new LearningRateScheduler(epoch => 0.1 / (1 << epoch))));

    [Fact]
    public void LearningRateScheduler_OfTheRateBefore_IsGivenIt() =>
        Assert.Equal([0.2, 0.1, 0.05], Rates(new Sgd { LearningRate = 0.4 }, 3, new LearningRateScheduler((_, rate) => rate / 2)));

    [Fact]
    public void LearningRateScheduler_OfASchedule_CountsEpochs() =>
        Assert.Equal([0.1, 0.1, 0.05, 0.05], Rates(new Sgd(), 4, new LearningRateScheduler(new StepLR(0.1, 2) { Gamma = 0.5 })));

    [Fact]
    public void LearningRateScheduler_OfANegativeRate_EndsTheFit() => Assert.Throws<ArgumentOutOfRangeException>(
        () => Rates(new Sgd(), 1, new LearningRateScheduler(_ => -1)));

    [Fact]
    public void APerEpochSchedule_ChangesTheRateBetweenEpochsOnly() =>
        Assert.Equal([0.1, 0.05, 0.025], Rates(new Sgd { LearningRate = new StepLR(0.1, 1) { Gamma = 0.5 }.PerEpoch(stepsPerEpoch: 2) }, 3));

    [Theory]
    [InlineData(Convention.Keras, new[] { 0.4, 0.4, 0.4, 0.2, 0.2, 0.1 })]
    [InlineData(Convention.PyTorch, new[] { 0.4, 0.4, 0.4, 0.4, 0.2, 0.2 })]
    public void ReduceLROnPlateau_MultipliesANumber(Convention convention, double[] expected) => Assert.Equal(expected, Rates(
        new Sgd { LearningRate = 0.4 }, 6,
        new ReduceLROnPlateau { Monitor = "loss", Patience = 2, Factor = 0.5, MinDelta = 1e6, Relative = false, Convention = convention }));

    [Fact]
    public void ReduceLROnPlateau_MultipliesASchedule() => Assert.Equal([0.8, 0.4, 0.1, 0.025], Rates(
        new Sgd { LearningRate = new ExponentialDecay(0.8, 2, 0.5) { Staircase = true } }, 4,
        new ReduceLROnPlateau { Monitor = "loss", Patience = 1, Factor = 0.5, MinDelta = 1e6 }));

    [Fact]
    public void ReduceLROnPlateau_MultipliesWhatASchedulerSets() => Assert.Equal([0.8, 0.8, 0.4, 0.2], Rates(
        new Sgd(), 4, new LearningRateScheduler(_ => 0.8),
        new ReduceLROnPlateau { Monitor = "loss", Patience = 1, Factor = 0.5, MinDelta = 1e6 }));

    [Fact]
    public void ReduceLROnPlateau_StopsAtTheMinimum() => Assert.Equal([0.4, 0.4, 0.2, 0.15, 0.15], Rates(
        new Sgd { LearningRate = 0.4 }, 5,
        new ReduceLROnPlateau { Monitor = "loss", Patience = 1, Factor = 0.5, MinDelta = 1e6, MinLearningRate = 0.15 }));

    [Fact]
    public void ReduceLROnPlateau_WhileTheLossFalls_DoesNothing() => Assert.Equal([0.1, 0.1, 0.1], Rates(
        new Sgd { LearningRate = 0.1 }, 3, new ReduceLROnPlateau { Monitor = "loss", Patience = 1 }));

    [Fact]
    public void ReduceLROnPlateau_InASecondFit_GoesOnFromTheRateOfTheFirst()
    {
        using Sequential model = TestModels.Digits(new Sgd { LearningRate = 0.4 });
        var plateau = new ReduceLROnPlateau { Monitor = "loss", Patience = 1, Factor = 0.5, MinDelta = 1e6 };
        for (int i = 0; i < 2; i++)
            model.Fit(DigitsData.Rows(0, 64), epochs: 2, callbacks: [plateau]);

        Assert.Equal(0.1, model.Optimizer!.LearningRate, 15);
        model.Optimizer.LearningRate = 0.3;
        Assert.Equal(0.3, model.Optimizer.LearningRate);
    }

    [Fact]
    public void Settings_OutsideTheirRange_AreRefused()
    {
        Assert.Contains("Factor is 1", Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceLROnPlateau { Factor = 1 }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceLROnPlateau { Patience = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceLROnPlateau { Cooldown = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceLROnPlateau { MinLearningRate = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceLROnPlateau { Convention = (Convention)7 });
        Assert.Throws<ArgumentNullException>(() => new LearningRateScheduler((Schedule)null!));
    }

    /// <summary>The rate in each epoch of a Fit of two steps an epoch.</summary>
    private static double[] Rates(OptimizerRule rule, int epochs, params Callback[] callbacks)
    {
        using Sequential model = TestModels.Digits(rule);
        var rates = new List<double>();
        var recorder = new ActionCallback
        {
            BatchBegin = (_, batch) =>
            {
                if (batch == 0)
                    rates.Add(model.Optimizer!.LearningRate);
            },
        };
        model.Fit(DigitsData.Rows(0, 64), epochs: epochs, batchSize: 32, callbacks: [.. callbacks, recorder]);
        return [.. rates.Select(rate => Math.Round(rate, 15))];
    }
}
