using NativeOpt.Cli.Report.Charts;
using Xunit;

namespace NativeOpt.Tests.Cli;

public class AxisTicksTests
{
    [Theory]
    [InlineData(0.0, 1.0, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 }, 1)]
    [InlineData(0.18, 0.65, new[] { 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7 }, 1)]
    [InlineData(0.2381, 0.3174, new[] { 0.22, 0.24, 0.26, 0.28, 0.3, 0.32 }, 2)]
    [InlineData(0.75, 0.92, new[] { 0.75, 0.8, 0.85, 0.9, 0.95 }, 2)]
    [InlineData(-3.0, 12.0, new[] { -5.0, 0, 5, 10, 15 }, 0)]
    [InlineData(0.0, 123456.0, new[] { 0.0, 50000, 100000, 150000 }, 0)]
    [InlineData(1e-7, 5e-7, new[] { 1e-7, 2e-7, 3e-7, 4e-7, 5e-7 }, 7)]
    public void Nice_OfARange_HasRoundTicksThatCoverIt(double minimum, double maximum, double[] ticks, int decimals)
    {
        var axis = AxisTicks.Nice(minimum, maximum);

        Assert.Equal(ticks, axis.Ticks);
        Assert.Equal(decimals, axis.Decimals);
        Assert.Equal((ticks[0], ticks[^1]), (axis.Low, axis.High));
    }

    [Theory]
    [InlineData(0.5, 0.5)]
    [InlineData(0.0, 0.0)]
    [InlineData(-2.0, -2.0)]
    [InlineData(double.NaN, 1.0)]
    [InlineData(0.0, double.PositiveInfinity)]
    [InlineData(1.0, 0.0)]
    public void Nice_OfNoRange_IsStillAnAxis(double minimum, double maximum)
    {
        var axis = AxisTicks.Nice(minimum, maximum);

        Assert.True(axis.High > axis.Low);
        Assert.InRange(axis.Ticks.Count, 2, 8);
        if (minimum.Equals(maximum))
            Assert.InRange(minimum, axis.Low, axis.High);
    }

    [Theory]
    [InlineData(1, new[] { 1.0 })]
    [InlineData(2, new[] { 1.0, 2 })]
    [InlineData(10, new[] { 1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10 })]
    [InlineData(13, new[] { 1.0, 2, 4, 6, 8, 10, 13 })]
    [InlineData(50, new[] { 1.0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50 })]
    [InlineData(1000, new[] { 1.0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000 })]
    public void Epochs_OfARun_ShowsTheFirstAndTheLast(int epochs, double[] ticks) => Assert.Equal(ticks, AxisTicks.Epochs(epochs).Ticks);

    [Fact]
    public void Epochs_OfAnyLength_AreFewAndAscend()
    {
        for (int epochs = 1; epochs <= 2000; epochs++)
        {
            double[] ticks = [.. AxisTicks.Epochs(epochs).Ticks];
            Assert.True(ticks.Length <= 12, $"{epochs} epochs have {ticks.Length} ticks");
            Assert.Equal(ticks.Distinct().Order(), ticks);
            Assert.Equal(epochs, ticks[^1]);
        }
    }
}
