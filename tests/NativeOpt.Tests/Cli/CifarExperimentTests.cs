using NativeOpt.Cli.Commands;
using NativeOpt.Cli.Tutorial;
using NativeOpt.Cli.Tutorial.Cifar;
using Xunit;

namespace NativeOpt.Tests.Cli;

/// <summary>`nativeopt tutorial cifar10`, on made-up pictures in the files of CIFAR-10.</summary>
public class CifarExperimentTests
{
    [Theory]
    [InlineData("managed")]
    [InlineData("auto")]
    public void Quick_TriesOneFactorAtATime(string backend)
    {
        using var folder = new TemporaryFolder();
        PictureFiles.WriteCifar(folder.Path, train: 300, test: 100);

        var run = TutorialRun.Of("cifar10", "--quick", "--backend", backend, "--data-dir", folder.Path);

        Assert.Equal((270, 30, 100), (Number("trainSamples"), Number("validationSamples"), Number("testSamples")));
        Assert.Equal(4 * (2 + 1 + 1), run.Runs.Length);
        Assert.Equal(run.Runs.Length, run.Runs.Select(r => r.GetProperty("label").GetString()).Distinct().Count());
        Assert.Contains(run.Runs, r => r.GetProperty("optimizer").GetString() == "momentum" && r.GetProperty("batchSize").GetInt32() == 32);
        Assert.Contains(run.Runs, r => r.GetProperty("initializer").GetString() == "glorot_uniform");
        // The stripes are easy: some setting learns them even in two epochs.
        Assert.InRange(run.Runs.Max(r => r.GetProperty("testAccuracy").GetDouble()), 0.3, 1);
        Assert.Contains("after training on 270", run.Verdict, StringComparison.Ordinal);
        string page = run.Page.Value;
        Assert.Contains("Trained on 270 of the 50,000 training pictures", page, StringComparison.Ordinal);
        Assert.Contains("Dense networks like this one reach", page, StringComparison.Ordinal);
        Assert.Equal(4 + 1 + 2 + 1, run.Page.Descendants("figure").Count());

        int Number(string name) => run.Results.GetProperty(name).GetInt32();
    }

    [Fact]
    public void FullGrid_TriesAllCombinations()
    {
        using var folder = new TemporaryFolder();
        PictureFiles.WriteCifar(folder.Path, train: 120, test: 20);

        var run = TutorialRun.Of("cifar10", "--quick", "--full-grid", "--epochs", "1", "--data-dir", folder.Path);

        Assert.Equal(4 * 2 * 2 * 2, run.Runs.Length);
        Assert.True(run.Results.GetProperty("fullGrid").GetBoolean());
    }

    [Theory]
    [InlineData(false, 28)]
    [InlineData(true, 96)]
    public void Grid_HasTheLevelsOfTheTutorial(bool full, int count)
    {
        var grid = CifarGrid.Of(new TutorialSettings { FullGrid = full });
        CifarSetting[] first = [.. grid.First()];
        CifarSetting[] all = [.. first, .. CifarSetting.Optimizers.SelectMany(o => grid.Around(CifarSetting.Base with { Optimizer = o }))];

        Assert.Equal((count, count, count), (grid.Count, all.Length, all.Distinct().Count()));
        Assert.Equal([0.1, 0.01, 0.001, 0.0001], first.Select(setting => setting.Rate).Distinct());
        Assert.Equal([32, 64, 128], all.Select(setting => setting.BatchSize).Distinct().Order());
        Assert.Contains(CifarSetting.Base, first);
    }

    [Fact]
    public void WithoutData_SaysHowToGetThem()
    {
        using var folder = new TemporaryFolder();

        Cli.Outcome outcome = Cli.Run("tutorial", "cifar10", "--data-dir", folder["nothing"], "--output", folder["out"]);

        Assert.Equal((ExitCode.BadInput, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains("`nativeopt data get cifar-10`", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(folder.Entries());
    }
}
