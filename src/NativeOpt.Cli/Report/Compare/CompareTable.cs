using NativeOpt.Cli.Comparison;
using NativeOpt.Cli.Report.Blocks;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Report.Compare;

/// <summary>The summary: one row a run.</summary>
internal static class CompareTable
{
    private static readonly (TableColumn Head, Func<RunResult, double> Value)[] Numbers =
    [
        (new("Learning rate") { Show = Number }, run => run.LearningRate),
        (new("Train loss", Best.Low) { Show = LossText }, run => run.Last.Loss),
        (new("Train accuracy", Best.High) { Show = Share }, run => Sound(run, run.Last.Accuracy)),
        (new("Validation loss", Best.Low) { Show = LossText }, run => run.Last.ValLoss),
        (new("Validation accuracy", Best.High) { Show = Share }, run => Sound(run, run.Last.ValAccuracy)),
        (new("Test accuracy", Best.High) { Show = Share }, run => Sound(run, run.TestAccuracy)),
        (new("Time per epoch", Best.Low) { Show = Seconds }, run => run.SecondsPerEpoch),
        (new("Samples per second", Best.High) { Show = Count }, run => run.SamplesPerSecond),
    ];

    public static ReportTable Create(ComparisonResults results) => new(
        [new("Optimizer"), .. Numbers.Select(column => column.Head)],
        [.. results.Runs.Select((run, slot) => new TableRow([run.Label, .. Numbers.Select(column => (TableCell)column.Value(run))])
        {
            Slot = slot,
            IsOutOfContest = run.Diverged,
        })]);

    /// <summary>What a diverged run classifies correctly, it does by chance: its accuracies are shown as diverged as well.</summary>
    private static double Sound(RunResult run, double accuracy) => run.Diverged ? double.NaN : accuracy;
}
