using NativeOpt.Cli.Comparison;
using NativeOpt.Cli.Report.Charts;

namespace NativeOpt.Cli.Report.Compare;

/// <summary>The learning curves: training solid, validation dashed; of several seeds the means, in a band from least to most.</summary>
internal static class CompareCurves
{
    public static LineChart Loss(IReadOnlyList<RunResult> runs) =>
        Chart(runs, "Loss", ChartAxis.Loss, e => e.Loss, e => e.ValLoss);

    /// <summary>A run that diverged has no accuracy from there on: a class is named, but by chance.</summary>
    public static LineChart Accuracy(IReadOnlyList<RunResult> runs) => Chart(runs, "Accuracy", ChartAxis.Accuracy,
        e => double.IsFinite(e.Loss) ? e.Accuracy : double.NaN,
        e => double.IsFinite(e.ValLoss) ? e.ValAccuracy : double.NaN);

    private static LineChart Chart(IReadOnlyList<RunResult> runs, string title, ChartAxis axis,
        Func<EpochNumbers, double> train, Func<EpochNumbers, double> validation) =>
        new(title, ChartAxis.Epoch, axis, [.. runs.SelectMany((run, slot) => new[]
        {
            Line(run, slot, train) with { Variant = "training" },
            Line(run, slot, validation) with { Variant = "validation", Dashed = true },
        })])
        {
            File = "history.csv",
        };

    private static Series Line(RunResult run, int slot, Func<EpochNumbers, double> value)
    {
        Series line = Series.OverEpochs(run.Label, slot, [.. run.Epochs.Select(value)]);
        return run.Seeds.Count < 2 ? line : line with { Low = Ends(Enumerable.Min), High = Ends(Enumerable.Max) };

        double[] Ends(Func<IEnumerable<double>, double> end) =>
            [.. Enumerable.Range(0, run.Epochs.Count).Select(i => end(run.Seeds.Select(seed => value(seed.Epochs[i]))))];
    }
}
