using NativeOpt.Cli.Comparison;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Display;

/// <summary>The cells of the table that ends a comparison: text in the first column, numbers in the others.</summary>
internal static class SummaryTable
{
    /// <summary>Heads of the columns, in two lines each; short, so that the table fits into 80 columns.</summary>
    public static readonly (string Upper, string Lower)[] Heads =
    [
        ("", "optimizer"), ("learning", "rate"), ("train", "loss"), ("train", "acc."), ("val.", "loss"), ("val.", "acc."),
        ("test", "acc."), ("time per", "epoch"), ("samples", "per s"),
    ];

    /// <summary>One row a run.</summary>
    public static IEnumerable<string[]> Rows(ComparisonResults results) => results.Runs.Select(run => new[]
    {
        run.Label,
        Number(run.LearningRate),
        LossText(run.Last.Loss),
        run.Diverged ? Diverged : Share(run.Last.Accuracy),
        LossText(run.Last.ValLoss),
        run.Diverged ? Diverged : Share(run.Last.ValAccuracy),
        run.Diverged ? Diverged : Share(run.TestAccuracy),
        Seconds(run.SecondsPerEpoch),
        Count(run.SamplesPerSecond),
    });
}
