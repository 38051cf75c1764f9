using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Callbacks;

/// <summary>The callback in a Fit. When it stops is decided by rules that golden cases of Keras check.</summary>
public sealed class EarlyStoppingTests
{
    [Fact]
    public void Fit_ThatNoLongerImproves_EndsAfterThePatience()
    {
        using Sequential model = TestModels.Digits();
        var stopping = new EarlyStopping { Monitor = "loss", Patience = 2, MinDelta = 1e6 };

        History history = model.Fit(DigitsData.Rows(0, 64), epochs: 20, callbacks: [stopping]);

        Assert.Equal((3, (int?)2, 0), (history.Epochs.Count, stopping.StoppedEpoch, stopping.BestEpoch));
        Assert.Equal(history["loss"][0], stopping.Best);
    }

    [Fact]
    public void Fit_ThatGoesOnImproving_RunsToItsEnd()
    {
        using Sequential model = TestModels.Digits();
        var stopping = new EarlyStopping { Monitor = "loss", Patience = 3 };

        History history = model.Fit(DigitsData.Rows(0, 64), epochs: 4, callbacks: [stopping]);

        Assert.Equal((4, null, 3), (history.Epochs.Count, stopping.StoppedEpoch, stopping.BestEpoch));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Fit_WithRestoreBestWeights_EndsWithThoseOfTheBestEpoch(bool restores)
    {
        using Sequential model = TestModels.Digits();
        var stopping = new EarlyStopping { Monitor = "loss", Patience = 3, MinDelta = 1e6, RestoreBestWeights = restores };
        double[] afterFirst = [];
        var recorder = new ActionCallback { EpochEnd = (_, epoch, _) => afterFirst = epoch == 0 ? TestModels.Parameters(model) : afterFirst };

        model.Fit(DigitsData.Rows(0, 64), epochs: 20, callbacks: [recorder, stopping]);

        Assert.Equal(restores, afterFirst.SequenceEqual(TestModels.Parameters(model)));
    }

    [Fact]
    public void Fit_Again_BeginsToWaitAnew()
    {
        using Sequential model = TestModels.Digits();
        var stopping = new EarlyStopping { Monitor = "loss", Patience = 2, MinDelta = 1e6 };
        model.Fit(DigitsData.Rows(0, 64), epochs: 20, callbacks: [stopping]);

        Assert.Equal(3, model.Fit(DigitsData.Rows(0, 64), epochs: 20, callbacks: [stopping]).Epochs.Count);
    }

    [Fact]
    public void AnAccuracy_IsBetterWhenItRises()
    {
        using Sequential model = TestModels.Digits();
        var stopping = new EarlyStopping { Monitor = "accuracy", Patience = 1, MinDelta = 0.9 };

        History history = model.Fit(DigitsData.Rows(0, 256), epochs: 20, callbacks: [stopping]);

        Assert.Equal(2, history.Epochs.Count);
        Assert.Equal(history["accuracy"][0], stopping.Best);
    }

    [Fact]
    public void ANumberThatIsNotThere_EndsTheFitWithItsName()
    {
        using Sequential model = TestModels.Digits();

        var failure = Assert.Throws<InvalidOperationException>(
            () => model.Fit(DigitsData.Rows(0, 64), epochs: 2, callbacks: [new EarlyStopping { Monitor = "los" }]));

        Assert.Equal("EarlyStopping watches a number that the logs do not have: unknown number 'los'; did you mean 'loss'? Known: loss, accuracy", failure.Message);
    }

    [Fact]
    public void Settings_OutsideTheirRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping { Patience = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping { MinDelta = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping { StartFromEpoch = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping { Mode = (MonitorMode)5 });
        Assert.Throws<ArgumentException>(() => new EarlyStopping { Monitor = " " });
    }
}
