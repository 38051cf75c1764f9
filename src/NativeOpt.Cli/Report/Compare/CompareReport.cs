using NativeOpt.Cli.Comparison;
using NativeOpt.Cli.Report.Blocks;
using NativeOpt.Cli.Report.Charts;

namespace NativeOpt.Cli.Report.Compare;

/// <summary>What the report of `nativeopt compare` shows.</summary>
internal static class CompareReport
{
    /// <summary>Runs that are all drawn; of more only the best, so that their lines can be told apart.</summary>
    private const int MostRuns = 12, BestRuns = 8;

    public static ReportPage Create(ComparisonResults results)
    {
        RunResult[] shown = Shown(results.Runs);
        return new($"Optimizers on {results.Dataset.Title}")
        {
            Subtitles = [CompareSentences.Settings(results), MachineFacts.Line(results.Machine)],
            Verdict = [.. CompareSentences.Verdict(results)],
            Sections =
            [
                new("Results after the last epoch", CompareTable.Create(results, shown)),
                new("Learning curves", [.. Curves(results, shown)]),
                .. Effects(results),
                new("Time and learning rate", new FigureGroup([.. CompareTimes.Charts(shown)])),
                new("Optimizers", new FactList(CompareDetails.Optimizers(results), Wide: true)),
                new("Settings", new FactList(CompareDetails.Training(results))),
                new("Machine", new FactList(MachineFacts.Of(results.Machine))),
            ],
            Files = ["results.json", "history.csv"],
            Version = results.Version,
            Started = results.Started,
        };
    }

    /// <summary>All runs, or of many those that classified best, in their order.</summary>
    private static RunResult[] Shown(IReadOnlyList<RunResult> runs)
    {
        if (runs.Count <= MostRuns)
            return [.. runs];
        HashSet<RunResult> best = [.. runs.OrderBy(run => run.Diverged).ThenByDescending(run => run.TestAccuracy).Take(BestRuns)];
        return [.. runs.Where(best.Contains)];
    }

    private static IEnumerable<IReportBlock> Curves(ComparisonResults results, RunResult[] shown)
    {
        if (shown.Length < results.Runs.Count)
            yield return new TextBlock($"The {shown.Length} of {results.Runs.Count} settings that classified most test samples correctly.");
        yield return new FigureGroup([CompareCurves.Loss(shown), CompareCurves.Accuracy(shown)]);
    }

    private static IEnumerable<ReportSection> Effects(ComparisonResults results)
    {
        IPicture[] charts = [.. CompareEffects.Charts(results)];
        if (charts.Length > 0)
            yield return new("Effect of each setting", new TextBlock(CompareEffects.Explanation), new FigureGroup(charts));
    }
}
