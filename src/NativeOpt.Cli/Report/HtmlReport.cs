using System.Text;
using System.Xml.Linq;
using NativeOpt.Cli.Comparison;

namespace NativeOpt.Cli.Report;

/// <summary>report.html: one file that asks for nothing else. All text goes through XML elements, which escape it.</summary>
internal static class HtmlReport
{
    public static string Write(ComparisonResults results)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["title"] = Html(new XText($"Optimizers on {results.Dataset.Title}")),
            ["style"] = Asset.Read("report.css") + Palette.Css(results.Runs.Count) + ReportCurves.SwitchCss(results.Runs.Count),
            ["heading"] = Html(new XText($"Optimizers on {results.Dataset.Title}")),
            ["subtitle"] = Html(ReportWords.Subtitle(results)) + "\n" + Html(ReportWords.Machine(results.Machine)),
            ["verdict"] = Html([.. ReportWords.Verdict(results)]),
            ["summary"] = Html(ReportTable.Section(results)),
            ["curves"] = Html(ReportCurves.Section(results)),
            ["details"] = Html(ReportDetails.Section(results)),
            ["footer"] = Html(ReportDetails.Footer(results)),
            ["data"] = ReportData.Write(results),
            ["script"] = Asset.Read("report.js"),
        };
        return Fill(Asset.Read("page.html"), parts);
    }

    /// <summary>Puts the parts into the template in one pass: what a part holds is never taken for a place holder.</summary>
    private static string Fill(string template, Dictionary<string, string> parts)
    {
        var page = new StringBuilder();
        int at = 0;
        while (template.IndexOf("{{", at, StringComparison.Ordinal) is var open and >= 0)
        {
            int close = template.IndexOf("}}", open, StringComparison.Ordinal);
            page.Append(template, at, open - at).Append(parts[template[(open + 2)..close]].TrimEnd('\n'));
            at = close + 2;
        }
        return page.Append(template, at, template.Length - at).ToString();
    }

    private static string Html(params XNode[] nodes) =>
        string.Join('\n', nodes.Select(node => node.ToString(SaveOptions.DisableFormatting)));
}
