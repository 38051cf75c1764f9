using NativeOpt.Initializers;
using Xunit;

namespace NativeOpt.Tests.Initializers;

public class NormalQuantileTests
{
    // Python 3: statistics.NormalDist().inv_cdf(p)
    [Theory]
    [InlineData(1e-15, -7.941345326170995)]
    [InlineData(1e-10, -6.361340902404056)]
    [InlineData(0.001, -3.090232306167813)]
    [InlineData(0.0749, -1.4402382675279632)]
    [InlineData(0.0751, -1.4388253927525398)]
    [InlineData(0.3, -0.5244005127080409)]
    [InlineData(0.5, 0.0)]
    [InlineData(0.6, 0.2533471031357997)]
    [InlineData(0.975, 1.9599639845400536)]
    [InlineData(0.99, 2.3263478740408408)]
    public void At_GivesTheQuantile(double probability, double expected) =>
        Assert.Equal(expected, NormalQuantile.At(probability), 1e-13);
}
