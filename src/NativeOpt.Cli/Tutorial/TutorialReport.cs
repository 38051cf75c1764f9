using NativeOpt.Cli.Commands;
using NativeOpt.Cli.Comparison;
using NativeOpt.Cli.Report;
using NativeOpt.Cli.Report.Blocks;

namespace NativeOpt.Cli.Tutorial;

/// <summary>The page of an experiment.</summary>
internal static class TutorialReport
{
    /// <summary>Name of the file.</summary>
    public const string File = "report.html";

    public static ReportPage Create(ExperimentOutcome outcome, MachineInfo machine, DateTimeOffset started) => new(outcome.Title)
    {
        Subtitles = [.. outcome.Subtitles, MachineFacts.Line(machine)],
        Verdict = outcome.Verdict,
        Sections =
        [
            .. outcome.Sections,
            new("Settings", new FactList(outcome.Settings)),
            new("Machine", new FactList(MachineFacts.Of(machine))),
        ],
        Files = [TutorialResults.File, .. outcome.Csv.Keys],
        Version = ProductVersion.Text,
        Started = started,
    };
}
