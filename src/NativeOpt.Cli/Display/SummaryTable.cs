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

    /// <summary>Columns in the order in which they are left out where there is no room.</summary>
    private static readonly int[] Dispensable = [8, 1, 4, 3, 2, 5];

    private const int NarrowLabel = 16;

    /// <summary>The table with as many columns as fit into <paramref name="width"/>, and labels that are cut if need be.</summary>
    public static ((string Upper, string Lower)[] Heads, string[][] Rows) Fit(ComparisonResults results, int width)
    {
        string[][] rows = [.. Rows(results)];
        int longest = rows.Max(row => row[0].Length);
        var columns = Enumerable.Range(0, Heads.Length).ToList();
        (string, string)[] heads = [.. Heads];
        int Spare() => width - WidthOf(heads, [.. rows.Select(row => (string[])[.. columns.Select(i => row[i])])]);
        foreach (int column in Dispensable)
        {
            if (Spare() + Math.Max(0, longest - NarrowLabel) >= 0)
                break;
            columns.Remove(column);
            heads = [.. columns.Select(i => Heads[i])];
        }
        string[] labels = Labels.Fit([.. rows.Select(row => row[0])], Math.Max(1, longest + Math.Min(0, Spare())));
        return (heads, [.. rows.Select((row, r) => (string[])[labels[r], .. columns.Skip(1).Select(i => row[i])])]);
    }

    /// <summary>The widest cell of each column, and a space around each.</summary>
    public static int WidthOf((string Upper, string Lower)[] heads, string[][] rows) => 1 + heads
        .Select((head, i) => 1 + Math.Max(Math.Max(head.Upper.Length, head.Lower.Length), rows.Max(row => row[i].Length)))
        .Sum();

    /// <summary>One row a run.</summary>
    public static IEnumerable<string[]> Rows(ComparisonResults results) => results.Runs.Select(run => new[]
    {
        run.Label,
        Number(run.LearningRate),
        LossText(run.Last.Loss),
        run.Diverged ? Diverged : Share(run.Last.Accuracy),
        LossText(run.Last.ValLoss),
        run.Diverged ? Diverged : Share(run.Last.ValAccuracy),
        run.Diverged ? Diverged : Share(run.TestAccuracy) + Spread(run.TestAccuracyDeviation),
        Seconds(run.SecondsPerEpoch),
        Count(run.SamplesPerSecond),
    });
}
