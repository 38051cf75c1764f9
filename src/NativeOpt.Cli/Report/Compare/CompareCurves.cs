using NativeOpt.Cli.Comparison;
using NativeOpt.Cli.Report.Charts;

namespace NativeOpt.Cli.Report.Compare;

/// <summary>The learning curves: training solid, validation dashed.</summary>
internal static class CompareCurves
{
    public static LineChart Loss(ComparisonResults results) =>
        Chart(results, "Loss", ChartAxis.Loss, e => e.Loss, e => e.ValLoss);

    /// <summary>A run that diverged has no accuracy from there on: a class is named, but by chance.</summary>
    public static LineChart Accuracy(ComparisonResults results) => Chart(results, "Accuracy", ChartAxis.Accuracy,
        e => double.IsFinite(e.Loss) ? e.Accuracy : double.NaN,
        e => double.IsFinite(e.ValLoss) ? e.ValAccuracy : double.NaN);

    private static LineChart Chart(ComparisonResults results, string title, ChartAxis axis,
        Func<EpochNumbers, double> train, Func<EpochNumbers, double> validation) =>
        new(title, ChartAxis.Epoch, axis, [.. results.Runs.SelectMany((run, slot) => new[]
        {
            Series.OverEpochs(run.Label, slot, [.. run.Epochs.Select(train)]) with { Variant = "training" },
            Series.OverEpochs(run.Label, slot, [.. run.Epochs.Select(validation)]) with { Variant = "validation", Dashed = true },
        })])
        {
            File = "history.csv",
        };
}
