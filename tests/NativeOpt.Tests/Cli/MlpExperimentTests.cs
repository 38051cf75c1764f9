using System.Text.Json;
using NativeOpt.Cli.Commands;
using NativeOpt.Cli.Tutorial.Mlp;
using Xunit;

namespace NativeOpt.Tests.Cli;

/// <summary>`nativeopt tutorial mlp`, on made-up pictures in the files of Fashion-MNIST.</summary>
public class MlpExperimentTests
{
    [Theory]
    [InlineData("managed")]
    [InlineData("auto")]
    public void Quick_LearnsThePicturesAndLooksAtEveryClass(string backend)
    {
        using var folder = new TemporaryFolder();
        PictureFiles.WriteFashionMnist(folder.Path, train: 600, test: 200);

        var run = TutorialRun.Of("mlp", "--quick", "--epochs", "3", "--rows", "500", "--seeds", "2", "--backend", backend,
            "--data-dir", folder.Path);

        Assert.All(run.Of("adam", "testAccuracy"), accuracy => Assert.InRange(accuracy, 0.9, 1));
        Assert.Equal(1 + 2 * 3, run.History.Length);
        Assert.StartsWith("It has seen 500 of the 600", run.Verdict[run.Verdict.IndexOf("It has", StringComparison.Ordinal)..],
            StringComparison.Ordinal);
        JsonElement[] classes = [.. run.Results.GetProperty("classes").EnumerateArray()];
        Assert.Equal(200, classes.Sum(c => c.GetProperty("count").GetInt32()));
        Assert.Equal(run.Of("adam", "testAccuracy")[0], classes.Sum(c => c.GetProperty("hits").GetInt32()) / 200.0, 1e-6);
        Assert.Equal(2, run.Page.Descendants("figure").Count());
    }

    [Fact]
    public void WithoutData_SaysHowToGetThem()
    {
        using var folder = new TemporaryFolder();

        Cli.Outcome outcome = Cli.Run("tutorial", "mlp", "--data-dir", folder["nothing"], "--output", folder["out"]);

        Assert.Equal((ExitCode.BadInput, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains("`nativeopt data get fashion-mnist`", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(folder.Entries());
    }

    [Fact]
    public void ClassResults_CountHitsAndTheMostFrequentMistake()
    {
        float[,] predictions = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 1, 0 }, { 0, 0, 1 }, { 0, 1, 0 } };

        ClassResult[] classes = ClassResult.Of(predictions, [0, 0, 0, 0, 1], ["a", "b", "c"]);

        Assert.Equal([new ClassResult("a", 4, 1, "b", 2), new ClassResult("b", 1, 1, null, 0)], classes);
        Assert.Equal(0.25, classes[0].Recall);
    }
}
