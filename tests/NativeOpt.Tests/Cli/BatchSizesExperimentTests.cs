using System.Text.Json;
using NativeOpt.Cli.Tutorial.Batches;
using Xunit;

namespace NativeOpt.Tests.Cli;

/// <summary>`nativeopt tutorial batch-sizes`.</summary>
public class BatchSizesExperimentTests
{
    [SkippableTheory]
    [InlineData("managed")]
    [InlineData("native")]
    public void Quick_TrainsWithEverySizeAndMeasuresTheNoise(string backend)
    {
        if (backend == "native")
            TestBackends.RequireNative();
        var run = TutorialRun.Of("batch-sizes", "--quick", "--backend", backend);

        Assert.Equal([1442, 1, 32, 64], run.Runs.Select(r => r.GetProperty("batchSize").GetInt32()));
        Assert.Equal(1 + 4 * 3, run.History.Length);
        double[] losses = [.. run.Runs.Select(r => r.GetProperty("epochs")[2].GetProperty("valLoss").GetDouble())];
        // With one rate for all, more steps an epoch go further.
        Assert.True(losses[1] < losses[2] && losses[2] < losses[3] && losses[3] < losses[0], string.Join(' ', losses));
        foreach (string when in new[] { "start", "end" })
        {
            JsonElement noise = run.Results.GetProperty("noise").GetProperty(when);
            Assert.InRange(noise.GetProperty("slope").GetDouble(), -0.65, -0.35);
            Assert.True(noise.GetProperty("noise")[0].GetDouble() > noise.GetProperty("noise")[5].GetDouble());
        }
        Assert.Contains("independent rows: -0.50", run.Verdict, StringComparison.Ordinal);
        Assert.Equal(3, run.Page.Descendants("figure").Count());
    }

    [Fact]
    public void Slope_OfAPower_IsItsExponent()
    {
        double[] sizes = [1, 4, 16];

        Assert.Equal(-0.5, new NoiseCurve(sizes, [.. sizes.Select(size => 3 / Math.Sqrt(size))]).Slope, 1e-12);
    }
}
