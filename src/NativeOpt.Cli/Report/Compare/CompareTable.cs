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

    private static readonly int TestAccuracy = Array.FindIndex(Numbers, column => column.Head.Head == "Test accuracy");

    /// <param name="results">All runs.</param>
    /// <param name="shown">Those that have a colour in the charts.</param>
    public static ReportTable Create(ComparisonResults results, IReadOnlyList<RunResult> shown) => new(
        [new("Optimizer"), .. Numbers.Select(column => column.Head)],
        [.. results.Runs.Select(run => new TableRow([run.Label, .. Numbers.Select((_, column) => Cell(run, column))])
        {
            Slot = shown.Contains(run) ? shown.ToList().IndexOf(run) : null,
            IsOutOfContest = run.Diverged,
        })]);

    /// <summary>A number; behind the test accuracy its standard deviation over the seeds.</summary>
    private static TableCell Cell(RunResult run, int column)
    {
        double value = Numbers[column].Value(run);
        return column == TestAccuracy && run.TestAccuracyDeviation is { } deviation && double.IsFinite(value)
            ? new TableCell(value, Share(value) + Spread(deviation))
            : value;
    }

    /// <summary>What a diverged run classifies correctly, it does by chance: its accuracies are shown as diverged as well.</summary>
    private static double Sound(RunResult run, double accuracy) => run.Diverged ? double.NaN : accuracy;
}
