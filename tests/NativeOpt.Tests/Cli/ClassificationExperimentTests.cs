using System.Text.RegularExpressions;
using Xunit;

namespace NativeOpt.Tests.Cli;

/// <summary>`nativeopt tutorial make-classification`.</summary>
public class ClassificationExperimentTests
{
    private static readonly string[] Labels =
        ["sgd", "adam", "rmsprop", "adagrad", "adadelta", "adamax", "nadam", "adagrad(lr=0.01)", "adadelta(lr=1)"];

    [SkippableTheory]
    [InlineData("managed")]
    [InlineData("native")]
    public void Quick_TrainsEveryOptimizerOnStandardizedRows(string backend)
    {
        if (backend == "native")
            TestBackends.RequireNative();
        var run = TutorialRun.Of("make-classification", "--quick", "--seeds", "2", "--backend", backend);

        Assert.Equal(Labels.SelectMany(label => new[] { label, label }), run.Runs.Select(r => r.GetProperty("label").GetString()));
        Assert.Equal(1 + 2 * 9 * 10, run.History.Length);
        Assert.StartsWith("sgd,1,1,", run.History[1], StringComparison.Ordinal);
        Assert.All(run.Of("adam", "testAccuracy"), accuracy => Assert.InRange(accuracy, 0.75, 1));
        Assert.All(run.Of("adadelta", "testAccuracy"), accuracy => Assert.InRange(accuracy, 0.2, 0.75));
        Assert.Matches(new Regex("With Keras' default rate .*adadelta .*With a larger one: .*adadelta\\(lr=1\\) 0\\.[1-4]"), run.Verdict);
        Assert.Equal(9, run.Page.Descendants("tbody").Single().Elements("tr").Count());
        Assert.Equal(4, run.Page.Descendants("figure").Count());
    }

    [Fact]
    public void SameSeed_GivesTheSameNumbers_AndAnotherSeedOthers()
    {
        string Losses(string seed) => string.Join(' ', TutorialRun
            .Of("make-classification", "--quick", "--epochs", "2", "--backend", "managed", "--seed", seed).Of("adam", "testLoss"));

        Assert.Equal(Losses("1"), Losses("1"));
        Assert.NotEqual(Losses("1"), Losses("2"));
    }
}
