using System.Text.Json.Nodes;
using NativeOpt.Cli.Report;

namespace NativeOpt.Cli.Tutorial;

/// <summary>What an experiment found out, ready to be written. Sections on settings and machine are added by the command.</summary>
internal sealed record ExperimentOutcome
{
    /// <summary>Heading of the report.</summary>
    public required string Title { get; init; }

    /// <summary>Lines below it: network, data, epochs.</summary>
    public required IReadOnlyList<string> Subtitles { get; init; }

    /// <summary>What came out, in words made from the numbers. Also printed, and in results.json.</summary>
    public required IReadOnlyList<VerdictSentence> Verdict { get; init; }

    /// <summary>Tables and pictures.</summary>
    public required IReadOnlyList<ReportSection> Sections { get; init; }

    /// <summary>Settings as the report lists them.</summary>
    public required IReadOnlyList<(string Name, string Value)> Settings { get; init; }

    /// <summary>Members of results.json, besides those that all experiments have: at least "runs" or another array of numbers.</summary>
    public required JsonObject Results { get; init; }

    /// <summary>Texts of the CSV files, by name.</summary>
    public required IReadOnlyDictionary<string, string> Csv { get; init; }
}
