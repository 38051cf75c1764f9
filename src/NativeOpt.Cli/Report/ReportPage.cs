using NativeOpt.Cli.Report.Blocks;

namespace NativeOpt.Cli.Report;

/// <summary>
/// A report as it is read from top to bottom: what it is about, what came out in a sentence or two, and sections of paragraphs, tables
/// and pictures. <see cref="HtmlReport"/> writes it. All texts are plain: they are escaped when they are written.
/// </summary>
/// <example>
/// <code>
/// var page = new ReportPage("Batch sizes on the digits")
/// {
///     Subtitles = ["Dense 64 -> 32 (relu) -> 10 (softmax)", MachineFacts.Line(machine)],
///     Verdict = [new("Batch 32 was first to fall below a loss of 0.3, after 0.21 s.")],
///     Sections =
///     [
///         new("Results", new ReportTable(columns, rows)),
///         new("Loss", new TextBlock("The same runs, twice."), new FigureGroup([byEpochs, bySeconds])),
///         new("Machine", new FactList(MachineFacts.Of(machine))),
///     ],
///     Files = ["results.json", "history.csv"],
///     Version = ProductVersion.Text,
///     Started = started,
/// };
/// folder.Add("report.html", HtmlReport.Write(page));
/// </code>
/// </example>
/// <param name="Title">Heading, and name of the page.</param>
internal sealed record ReportPage(string Title)
{
    /// <summary>Lines below the heading: settings, machine.</summary>
    public IReadOnlyList<string> Subtitles { get; init; } = [];

    /// <summary>What came out, computed from the numbers.</summary>
    public IReadOnlyList<VerdictSentence> Verdict { get; init; } = [];

    public required IReadOnlyList<ReportSection> Sections { get; init; }

    /// <summary>Files of the same folder, which the last line links to.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>When the first run began.</summary>
    public required DateTimeOffset Started { get; init; }
}

/// <summary>A paragraph of the verdict.</summary>
/// <param name="Text">One sentence or more.</param>
/// <param name="IsWarning">Whether it is bad news.</param>
internal sealed record VerdictSentence(string Text, bool IsWarning = false);

/// <summary>A part of a report with a heading.</summary>
internal sealed record ReportSection(string Heading, params IReportBlock[] Blocks);
