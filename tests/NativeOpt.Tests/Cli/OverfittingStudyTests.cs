using NativeOpt.Cli.Tutorial;
using NativeOpt.Cli.Tutorial.Overfitting;
using Xunit;

namespace NativeOpt.Tests.Cli;

/// <summary>A network that learns its rows by heart, and the remedies.</summary>
public sealed class OverfittingStudyTests
{
    private static readonly Lazy<IReadOnlyList<RemedyResult>> Results = new(() =>
        new OverfittingStudy(Datasets.Digits.Load(), TrainRows: 120, Epochs: 80, Seeds: 1, Seed: 1, BackendKind.Auto)
            .Run(new ExperimentProgress(TextWriter.Null, isInteractive: false), CancellationToken.None));

    private static OverfittingRun Untreated => Results.Value[0].Runs[0];

    [Fact]
    public void WithoutARemedy_WrongRowsAreLearntByHeart()
    {
        Assert.Same(Remedy.None, Results.Value[0].Remedy);
        Assert.InRange(Untreated.Last.Accuracy, 0.97, 1);
        Assert.InRange(Untreated.Last.ValidationAccuracy, 0.4, 0.9);
        Assert.InRange(Untreated.Last.LossGap, 0.3, 5);
        Assert.Equal(Untreated.Last.Accuracy - Untreated.Last.ValidationAccuracy, Untreated.Last.AccuracyGap, 1e-12);
        Assert.Equal(80, Untreated.Epochs.Count);
    }

    [Fact]
    public void EarlyStopping_EndsSooner_WithTheWeightsOfTheBestEpoch()
    {
        OverfittingRun run = RunOf("early stopping");

        Assert.InRange(run.Epochs.Count, 11, 79);
        Assert.Equal(run.Epochs.Count - 10, run.BestEpoch);
        Assert.Equal(run.BestValidationLoss, run.Last.ValidationLoss, 1e-6);
        Assert.Equal(Untreated.Epochs.Take(run.Epochs.Count), run.Epochs);
    }

    [Theory]
    [InlineData("dropout 0.5")]
    [InlineData("L1 0.001")]
    [InlineData("L2 0.003")]
    [InlineData("dropout, L2, early stopping")]
    public void Remedies_NarrowTheGap(string label) => Assert.InRange(RunOf(label).Last.LossGap, -2, 0.8 * Untreated.Last.LossGap);

    private static OverfittingRun RunOf(string label) => Results.Value.Single(result => result.Remedy.Label == label).Runs[0];
}
