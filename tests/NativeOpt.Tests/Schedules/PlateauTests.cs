using NativeOpt.Schedules;
using Xunit;

namespace NativeOpt.Tests.Schedules;

public class PlateauTests
{
    /// <summary>Keras reduces one epoch earlier than PyTorch at the same patience.</summary>
    [Theory]
    [InlineData(Convention.Keras, 2)]
    [InlineData(Convention.PyTorch, 3)]
    public void Reduction_ComesAfterThePatience(Convention convention, int expectedEpoch)
    {
        var rule = new ReduceOnPlateau { Convention = convention, Patience = 2, Factor = 0.5 };
        double[] scales = Scales(rule, rate: _ => 1, Enumerable.Repeat(1.0, 4));
        Assert.Equal(expectedEpoch, Array.IndexOf(scales, 0.5));
    }

    [Fact]
    public void Scale_MultipliesWhateverScheduleIsActive()
    {
        var rule = new ReduceOnPlateau { Patience = 1, Factor = 0.5, MinLearningRate = 0.1 };
        Assert.Equal([1, 0.5, 0.25, 0.25], Scales(rule, epoch => epoch < 3 ? 1 : 0.3, [1, 1, 1, 0.5]));
        Assert.Equal(0.1 / 0.3, Scales(rule, _ => 0.3, [1, 1, 1, 1])[^1], 12);
    }

    [Theory]
    [InlineData(Convention.Keras, 0.0625)]
    [InlineData(Convention.PyTorch, 0.25)]
    public void NaN_CountsAsNoImprovement(Convention convention, double expected)
    {
        var rule = new ReduceOnPlateau { Convention = convention, Patience = 1, Factor = 0.5 };
        Assert.Equal(expected, Scales(rule, _ => 1, Enumerable.Repeat(double.NaN, 4))[^1]);
    }

    [Fact]
    public void EarlyStop_OnlyNaN_StopsAndKeepsTheFirstEpoch()
    {
        var rule = new EarlyStop { Patience = 2 };
        EarlyStopState state = rule.Start;
        for (int epoch = 0; epoch < 2; epoch++)
            state = rule.Next(state, epoch, double.NaN);
        Assert.Equal((true, (int?)0), (state.Stops, state.KeptEpoch));
    }

    [Fact]
    public void Settings_OutsideTheirRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceOnPlateau { Factor = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceOnPlateau { Patience = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStop { StartFromEpoch = -1 });
    }

    private static double[] Scales(ReduceOnPlateau rule, Func<int, double> rate, IEnumerable<double> values)
    {
        PlateauState state = rule.Start;
        return [.. values.Select((value, epoch) => (state = rule.Next(state, value, rate(epoch))).Scale)];
    }
}
