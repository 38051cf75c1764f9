using NativeOpt.Cli.Comparison;

namespace NativeOpt.Cli.Report;

/// <summary>What a chart of one measure over the epochs shows.</summary>
/// <param name="Id">Unique on the page.</param>
/// <param name="Title">Heading.</param>
/// <param name="Percent">Whether the values are shares, shown as per cent.</param>
/// <param name="Epochs">Length of every line.</param>
/// <param name="Lines">One entry a run.</param>
internal sealed record ChartSpec(string Id, string Title, bool Percent, int Epochs, IReadOnlyList<ChartLines> Lines)
{
    /// <summary>A loss that is this many times the median is beyond the chart: one diverging run must not flatten the others.</summary>
    private const double BeyondMedian = 6;

    public static ChartSpec Loss(ComparisonResults results) => new("loss", "Loss", Percent: false, results.Training.Epochs,
        [.. results.Runs.Select((run, i) => new ChartLines(i, run.Label,
            [.. run.Epochs.Select(e => e.Loss)], [.. run.Epochs.Select(e => e.ValLoss)]))]);

    /// <summary>A run that diverged has no accuracy from there on: a class is named, but by chance.</summary>
    public static ChartSpec Accuracy(ComparisonResults results) => new("accuracy", "Accuracy", Percent: true, results.Training.Epochs,
        [.. results.Runs.Select((run, i) => new ChartLines(i, run.Label,
            [.. run.Epochs.Select(e => double.IsFinite(e.Loss) ? e.Accuracy : double.NaN)],
            [.. run.Epochs.Select(e => double.IsFinite(e.ValLoss) ? e.ValAccuracy : double.NaN)]))]);

    /// <summary>The vertical axis, and whether values lie beyond it.</summary>
    public (AxisTicks Axis, bool Clipped) ValueAxis()
    {
        double[] values = [.. Lines.SelectMany(l => l.Train.Concat(l.Validation)).Where(double.IsFinite).Order()];
        if (values.Length == 0)
            return (AxisTicks.Nice(0, 1), false);
        if (Percent)
            return (AxisTicks.Nice(values[0], values[^1]), false);
        double limit = BeyondMedian * values[values.Length / 2];
        double maximum = values.Last(v => v <= limit || v == values[0]);
        return (AxisTicks.Nice(values[0], maximum), maximum < values[^1]);
    }
}

/// <summary>The two lines of a run: index i belongs to epoch i + 1; NaN is a gap.</summary>
internal sealed record ChartLines(int Run, string Label, double[] Train, double[] Validation);
