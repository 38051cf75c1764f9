using NativeOpt.Cli.Comparison;
using NativeOpt.Cli.Report.Charts;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Report.Compare;

/// <summary>What each factor of a grid does, whatever the others are: a small picture each.</summary>
internal static class CompareEffects
{
    /// <summary>What the pictures show.</summary>
    public const string Explanation = "Validation accuracy after the last epoch: the mean of all runs with that value, whatever their "
        + "other settings, and from the least to the most of them. Runs that diverged are left out.";

    /// <summary>A picture for each factor that has several values.</summary>
    public static IEnumerable<IPicture> Charts(ComparisonResults results)
    {
        TrainingInfo training = results.Training;
        if (training.Seeds > 1 && results.Runs.All(run => run.Label == run.Choice))
            yield return Bars(results, "Seeds", [""], _ => "");
        if (training.LearningRates.Count > 1)
            yield return Lines(results, "Learning rate", ChartAxis.LearningRate with { Show = Number },
                run => run.Schedule is null ? run.LearningRate : double.NaN);
        if (training.BatchSizes.Count > 1)
            yield return Lines(results, "Batch size", new ChartAxis("batch size") { Logarithmic = true, Show = Count },
                run => run.BatchSize);
        if (training.Initializers.Count > 1)
            yield return Bars(results, "Initialisation", training.Initializers, run => run.Initializer);
        if (training.Schedules.Count > 1)
            yield return Bars(results, "Schedule", training.Schedules, run => run.Schedule ?? CompareSettings.NoSchedule);
    }

    private static LineChart Lines(ComparisonResults results, string title, ChartAxis across, Func<RunResult, double> factor) =>
        new(title, across, ChartAxis.Accuracy, [.. Choices(results).Select((choice, slot) =>
        {
            var points = results.Runs.Where(run => run.Choice == choice && double.IsFinite(factor(run)))
                .GroupBy(factor).OrderBy(runs => runs.Key).Select(runs => (X: runs.Key, Y: Spread(runs))).ToArray();
            return new Series(choice, [.. points.Select(point => point.X)], [.. points.Select(point => point.Y.Mean)])
            {
                Slot = slot,
                Low = [.. points.Select(point => point.Y.Low)],
                High = [.. points.Select(point => point.Y.High)],
            };
        }).Where(line => line.X.Count > 0)]);

    private static BarChart Bars(ComparisonResults results, string title, IReadOnlyList<string> values, Func<RunResult, string> factor)
    {
        string[] choices = Choices(results);
        var bars =
            from value in values
            from choice in choices.Select((name, slot) => (Name: name, Slot: slot))
            let runs = results.Runs.Where(run => run.Choice == choice.Name && factor(run) == value).ToArray()
            where runs.Length > 0
            let spread = Spread(runs)
            select new Bar(Label(value, choice.Name), spread.Mean)
            {
                Slot = choice.Slot,
                Group = choice.Name,
                Spread = double.IsFinite(spread.Mean) ? (spread.Low, spread.High) : null,
            };
        return new BarChart(title, ChartAxis.Accuracy, [.. bars]) { FromZero = false };

        string Label(string value, string choice) => value.Length == 0 ? choice : choices.Length == 1 ? value : $"{value}, {choice}";
    }

    private static string[] Choices(ComparisonResults results) => [.. results.Runs.Select(run => run.Choice).Distinct()];

    private static (double Mean, double Low, double High) Spread(IEnumerable<RunResult> runs)
    {
        double[] values = [.. runs.SelectMany(run => run.Seeds).Where(seed => !seed.Diverged).Select(seed => seed.Epochs[^1].ValAccuracy)];
        return values.Length == 0 ? (double.NaN, double.NaN, double.NaN) : (values.Average(), values.Min(), values.Max());
    }
}
