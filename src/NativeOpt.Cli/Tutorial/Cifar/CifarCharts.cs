using NativeOpt.Cli.Report.Charts;
using NativeOpt.Cli.Tutorial.Trials;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Tutorial.Cifar;

/// <summary>The pictures: learning curves, and the effect of each factor.</summary>
internal static class CifarCharts
{
    private static readonly ChartAxis BatchSize = new("batch size") { Logarithmic = true, Show = Count };

    /// <summary>Loss, accuracy and learning rate over the epochs.</summary>
    public static IReadOnlyList<IPicture> Curves(CifarResults results) =>
    [
        Curve(results, "Validation loss", ChartAxis.Loss, epoch => epoch.ValLoss),
        Curve(results, "Validation accuracy", ChartAxis.Accuracy, epoch => epoch.ValAccuracy),
        Curve(results, "Training loss", ChartAxis.Loss, epoch => epoch.Loss),
        Curve(results, "Learning rate by epoch", new ChartAxis("learning rate") { Logarithmic = true }, epoch => epoch.LearningRate),
    ];

    /// <summary>Test accuracy over the learning rate.</summary>
    public static IReadOnlyList<IPicture> Rates(CifarResults results) =>
    [
        Effect(results, "Test accuracy by learning rate", ChartAxis.LearningRate, ChartAxis.Accuracy, results.Grid.Rates,
            (setting, rate) => setting.Rate == rate, (setting, anchor) => setting with { Rate = anchor.Rate }, Accuracy) with
        {
            Level = (results.Guessing, "guessing"),
        },
    ];

    /// <summary>Test accuracy and time over the batch size.</summary>
    public static IReadOnlyList<IPicture> BatchSizes(CifarResults results)
    {
        LineChart Chart(string title, ChartAxis up, Func<CifarRun, double> value) => Effect(
            results, title, BatchSize, up, [.. results.Grid.BatchSizes.Select(size => (double)size)],
            (setting, size) => setting.BatchSize == size, (setting, anchor) => setting with { BatchSize = anchor.BatchSize }, value);

        return
        [
            Chart("Test accuracy by batch size", ChartAxis.Accuracy, Accuracy),
            Chart("Time per epoch by batch size", ChartAxis.Elapsed, run => run.Trial.Seconds / run.Trial.Epochs.Count) with
            {
                Note = results.Grid.IsFull ? null : "At the best learning rate of each optimizer.",
            },
        ];
    }

    /// <summary>Test accuracy with each kind of first weights.</summary>
    public static BarChart Initializers(CifarResults results) => new("Test accuracy by first weights", ChartAxis.Accuracy,
    [
        .. from optimizer in CifarSetting.Optimizers
           from initializer in results.Grid.Initializers
           let runs = results.Level(optimizer, setting => setting.Initializer == initializer,
               (setting, anchor) => setting with { Initializer = anchor.Initializer })
           select new Bar($"{optimizer}, {initializer}", Highest(runs, Accuracy))
           {
               Slot = CifarSetting.SlotOf(optimizer),
               Group = optimizer,
           },
    ]);

    private static LineChart Curve(CifarResults results, string title, ChartAxis up, Func<TrialEpoch, double> value) => new(
        title, ChartAxis.Epoch, up,
        [.. results.BestOfEach.Select((run, slot) =>
            Series.OverEpochs($"{run.Setting.Optimizer} {Number(run.Setting.Rate)}", slot, [.. run.Trial.Epochs.Select(value)]))])
        {
            File = TrialFiles.History,
        };

    /// <summary>For each optimizer a line over the levels of a factor: the best value, and of a full grid the range of all.</summary>
    private static LineChart Effect(
        CifarResults results, string title, ChartAxis across, ChartAxis up, IReadOnlyList<double> levels,
        Func<CifarSetting, double, bool> fits, Func<CifarSetting, CifarSetting, CifarSetting> free, Func<CifarRun, double> value)
    {
        Series Line(string optimizer, int slot)
        {
            double[] x = [.. levels.Order()];
            IReadOnlyList<CifarRun>[] runs = [.. x.Select(level => results.Level(optimizer, setting => fits(setting, level), free))];
            var line = new Series(optimizer, x, [.. runs.Select(level => Highest(level, value))]) { Slot = slot };
            return !results.Grid.IsFull ? line : line with { Low = [.. runs.Select(level => Lowest(level, value))], High = line.Y };
        }

        return new LineChart(title, across, up, [.. CifarSetting.Optimizers.Select(Line)]);
    }

    private static double Accuracy(CifarRun run) => run.Trial.Diverged ? double.NaN : run.Trial.TestAccuracy;

    private static double Highest(IEnumerable<CifarRun> runs, Func<CifarRun, double> value) =>
        runs.Select(value).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max();

    private static double Lowest(IEnumerable<CifarRun> runs, Func<CifarRun, double> value) =>
        runs.Select(value).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();
}
