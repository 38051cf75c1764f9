using NativeOpt.Cli.Report.Blocks;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Tutorial.Trials;

/// <summary>The summary of some trainings: a row each, with the mean over its seeds.</summary>
internal static class TrialTable
{
    private static readonly (TableColumn Head, Func<TrialResult, double> Value)[] Numbers =
    [
        (new("Train loss", Best.Low) { Show = LossText }, trial => trial.Last.Loss),
        (new("Train accuracy", Best.High) { Show = Share }, trial => trial.Last.Accuracy),
        (new("Test loss", Best.Low) { Show = LossText }, trial => trial.TestLoss),
        (new("Test accuracy", Best.High) { Show = Share }, trial => trial.TestAccuracy),
    ];

    /// <summary>The table; the slot of a row is its place in the list.</summary>
    /// <param name="heading">What the rows are.</param>
    /// <param name="groups">One a row.</param>
    /// <param name="rate">The learning rate of a row.</param>
    public static ReportTable Create(string heading, IReadOnlyList<TrialGroup> groups, Func<TrialGroup, double> rate)
    {
        bool spread = groups.Any(group => group.Trials.Count > 1);
        TableColumn[] range = spread ? [new("Test range")] : [];
        return new ReportTable(
            [new(heading), new("Learning rate") { Show = Number }, .. Numbers.Select(n => n.Head), .. range,
                new("Time per epoch") { Show = Seconds }],
            [.. groups.Select((group, slot) => new TableRow(
            [
                group.Label, rate(group), .. Numbers.Select(n => (TableCell)group.Mean(n.Value)),
                .. spread ? [RangeOf(group)] : Array.Empty<TableCell>(),
                group.Trials.Average(trial => trial.Seconds / trial.Epochs.Count),
            ])
            {
                Slot = slot,
                IsOutOfContest = group.Diverged,
            })]);
    }

    /// <summary>"95.5% to 97.0%", sorted by the width.</summary>
    private static TableCell RangeOf(TrialGroup group)
    {
        (double low, double high) = group.Range(trial => trial.TestAccuracy);
        return new TableCell(high - low, $"{Share(low)} to {Share(high)}");
    }
}
