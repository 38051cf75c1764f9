using System.Globalization;
using System.Text.Json;
using NativeOpt.Cli.Commands;
using NativeOpt.Cli.Comparison;
using NativeOpt.Cli.Output;
using Xunit;

namespace NativeOpt.Tests.Cli;

/// <summary>`nativeopt compare` with several values of a setting, and several seeds.</summary>
public sealed class CompareGridTests : IDisposable
{
    private static readonly string[] Small = ["--dataset", "iris", "--epochs", "3", "--backend", "managed", "--hidden", "8"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EveryCombination_IsARun()
    {
        ComparisonResults results = Compare(
            "--optimizers", "adam,sgd(lr=0.5)", "--learning-rates", "0.1,0.01", "--batch-sizes", "16,32", "--initializers",
            "glorot_uniform,he_normal", "--schedules", "none; step_lr(lr=0.2, step_size=9)");

        // Neither the optimizer that names its rate nor the schedule is combined with the learning rates.
        Assert.Equal((2 + 1) * 2 * 2 + (1 + 1) * 2 * 2, results.Runs.Count);
        Assert.Equal(results.Runs.Count, results.Runs.Select(run => run.Label).Distinct().Count());
        Assert.Equal("adam, lr 0.1, batch 16, glorot_uniform", results.Runs[0].Label);
        Assert.Equal("sgd(lr=0.5), batch 32, he_normal, step_lr(lr=0.2, step_size=9)", results.Runs[^1].Label);
        Assert.Equal([0.1, 0.01, 0.2, 0.5], results.Runs.Select(run => run.LearningRate).Distinct());
        RunResult scheduled = results.Runs.First(run => run.Schedule is not null);
        Assert.Equal(0.2 * 0.1, scheduled.Epochs[1].LearningRate, 1e-12);
        Assert.Equal((results.Runs.Count, 0), (results.PlannedRuns, results.Runs.Count(run => run.TestAccuracyDeviation is not null)));
    }

    [Fact]
    public void ACombination_GivesTheNumbersItGivesAlone()
    {
        ComparisonResults grid = Compare(
            "--optimizers", "sgd,adam", "--learning-rates", "0.1,0.02", "--batch-sizes", "8,24", "--seeds", "2");
        ComparisonResults alone = Compare("--optimizers", "adam", "--learning-rate", "0.02", "--batch-size", "24", "--seed", "2");

        SeedResult found = grid.Runs.Single(run => run.Label == "adam, lr 0.02, batch 24").Seeds[1];
        Assert.Equal(2, found.Seed);
        Assert.Equal(Numbers(alone.Runs[0].Seeds[0]), Numbers(found));

        static double[] Numbers(SeedResult run) =>
            [run.TestLoss, run.TestAccuracy, .. run.Epochs.SelectMany(e => new[] { e.Loss, e.Accuracy, e.ValLoss, e.ValAccuracy })];
    }

    [Fact]
    public void SeveralSeeds_HaveAMeanAndASpread()
    {
        ComparisonResults results = Compare("--optimizers", "sgd", "--seeds", "4", "--seed", "5");

        RunResult run = Assert.Single(results.Runs);
        double[] accuracies = [.. run.Seeds.Select(seed => seed.TestAccuracy)];
        double mean = accuracies.Average();
        Assert.Equal([5, 6, 7, 8], run.Seeds.Select(seed => seed.Seed));
        Assert.Equal(mean, run.TestAccuracy, 1e-12);
        Assert.Equal(Math.Sqrt(accuracies.Sum(a => (a - mean) * (a - mean)) / 3), run.TestAccuracyDeviation!.Value, 1e-12);
        Assert.Equal(run.Seeds.Average(seed => seed.Epochs[1].ValLoss), run.Epochs[1].ValLoss, 1e-12);
        string spread = string.Create(CultureInfo.InvariantCulture, $">{100 * mean:0.00}% \u00b1{100 * run.TestAccuracyDeviation:0.00}</td>");
        Assert.Contains(spread, File.ReadAllText(_folder["report.html"]), StringComparison.Ordinal);
        string[] rows = File.ReadAllLines(_folder["history.csv"]);
        Assert.Equal(1 + 4 * 3, rows.Length);
        Assert.StartsWith("sgd,sgd,32,glorot_uniform,none,5,1,", rows[1], StringComparison.Ordinal);
    }

    [Fact]
    public void ALargeGrid_SaysHowManyRunsThereAreAndHasALineForEach()
    {
        Cli.Outcome outcome = Run(
            "--optimizers", "sgd,adam", "--learning-rates", "0.1,0.01,0.001,0.0001", "--batch-sizes", "16,32", "--seeds", "2");

        Assert.Contains(
            "32 runs of 3 epochs: 16 settings, 2 seeds; Ctrl+C keeps those that are finished", outcome.Output, StringComparison.Ordinal);
        Assert.Contains(" 1/16  sgd, lr 0.1, batch 16 ", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("epoch 1/", outcome.Output, StringComparison.Ordinal);
        string report = File.ReadAllText(_folder["report.html"]);
        Assert.Contains("The 8 of 16 settings that classified most test samples correctly.", report, StringComparison.Ordinal);
        Assert.Contains("Effect of each setting", report, StringComparison.Ordinal);
    }

    [Fact]
    public void AnInterruption_KeepsTheRunsThatAreFinished()
    {
        string message = Cli.Interrupt("adam  epoch 2/3", ["compare", .. Small, "--optimizers", "sgd,adam", "--output", _folder["out"]]);

        Assert.Equal($"1 of 2 runs were finished; they are in '{_folder["out"]}'", message);
        ComparisonResults results = ResultsJson.Read(File.ReadAllText(_folder["out/results.json"]));
        Assert.Equal(("sgd", 2), (Assert.Single(results.Runs).Label, results.PlannedRuns));
        Assert.Contains("Interrupted: 1 of 2 runs were finished.", File.ReadAllText(_folder["out/report.html"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--dataset make-blobs(centers=4)")]
    [InlineData("--dataset iris")]
    [InlineData("--csv")]
    public void AnyDataOfClasses_CanBeComparedOn(string data)
    {
        string[] source = data == "--csv" ? ["--csv", Tables.WriteIris(_folder), "--target", "species"] : data.Split(' ');

        Cli.Outcome outcome = Cli.Run(["compare", .. source, "--epochs", "4", "--backend", "managed", "--output", _folder["out"]]);

        Assert.Equal((ExitCode.Success, ""), (outcome.ExitCode, outcome.Error));
    }

    [Fact]
    public void Json_IsWhatTheFileHas()
    {
        Cli.Outcome outcome = Run("--optimizers", "sgd", "--json");

        Assert.Equal((ExitCode.Success, ""), (outcome.ExitCode, outcome.Error));
        Assert.Equal(File.ReadAllText(_folder["results.json"]), outcome.Output);
        using JsonDocument document = JsonDocument.Parse(outcome.Output);
        Assert.Equal("nativeopt-comparison/2", document.RootElement.GetProperty("schema").GetString());
    }

    private ComparisonResults Compare(params string[] arguments)
    {
        Cli.Outcome outcome = Run(arguments);
        Assert.Equal(("", ExitCode.Success), (outcome.Error, outcome.ExitCode));
        return ResultsJson.Read(File.ReadAllText(_folder["results.json"]));
    }

    private Cli.Outcome Run(params string[] arguments) => Cli.Run(["compare", .. Small, .. arguments, "--output", _folder.Path]);
}
