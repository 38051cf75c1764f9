using NativeOpt.Samples;
using Xunit;

namespace NativeOpt.Tests.Documents;

/// <summary>The samples run, and what they are about comes out.</summary>
public class SamplesTests
{
    [Theory]
    [InlineData("regression", 0.03, 0.08)]
    [InlineData("classification", 0.95, 1)]
    [InlineData("own-arrays", 0, 0.01)]
    [InlineData("custom-optimizer", 0.95, 1)]
    [InlineData("custom-callback", 3, 150)]
    [InlineData("own-data", 0.9, 1)]
    public void Sample_ReachesWhatItIsAbout(string name, double least, double most)
    {
        using var output = new StringWriter();

        double result = Samples.Samples.All[name](output);

        Assert.True(result >= least && result <= most, $"{result}\n{output}");
        Assert.NotEmpty(output.ToString());
    }

    [Fact]
    public void Samples_AreAllTested() => Assert.Equal(6, Samples.Samples.All.Count);
}
