using NativeOpt.Cli.Comparison;
using NativeOpt.Cli.Report.Blocks;

namespace NativeOpt.Cli.Report.Compare;

/// <summary>What the report of `nativeopt compare` shows.</summary>
internal static class CompareReport
{
    public static ReportPage Create(ComparisonResults results) => new($"Optimizers on {results.Dataset.Title}")
    {
        Subtitles = [CompareSentences.Settings(results), MachineFacts.Line(results.Machine)],
        Verdict = [.. CompareSentences.Verdict(results)],
        Sections =
        [
            new("Results after the last epoch", CompareTable.Create(results)),
            new("Learning curves", new FigureGroup([CompareCurves.Loss(results), CompareCurves.Accuracy(results)])),
            new("Optimizers", new FactList(CompareDetails.Optimizers(results), Wide: true)),
            new("Settings", new FactList(CompareDetails.Training(results))),
            new("Machine", new FactList(MachineFacts.Of(results.Machine))),
        ],
        Files = ["results.json", "history.csv"],
        Version = results.Version,
        Started = results.Started,
    };
}
