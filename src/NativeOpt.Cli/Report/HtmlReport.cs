using System.Globalization;
using System.Text;
using System.Xml.Linq;
using NativeOpt.Cli.Report.Blocks;
using NativeOpt.Cli.Report.Charts;
using static NativeOpt.Cli.Report.Markup;

namespace NativeOpt.Cli.Report;

/// <summary>
/// report.html: one file that asks for nothing else, and is complete without its script. All text goes through XML elements, which
/// escape it.
/// </summary>
internal static class HtmlReport
{
    /// <summary>The text of the file.</summary>
    public static string Write(ReportPage page)
    {
        var blocks = new PageParts();
        string sections = Html([.. page.Sections.Select(section => Section(section, blocks))]);
        var parts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["title"] = Html(new XText(page.Title)),
            ["style"] = Asset.Read("colours.css") + Asset.Read("page.css") + Asset.Read("chart.css") + Palette.Css(blocks.Slots)
                + blocks.SwitchCss,
            ["heading"] = Html(new XText(page.Title)),
            ["subtitle"] = Html([.. page.Subtitles.Select(line => Paragraph("soft", line))]),
            ["verdict"] = Html([.. page.Verdict.Select(v => Paragraph(v.IsWarning ? "verdict warn" : "verdict", v.Text))]),
            ["sections"] = sections,
            ["footer"] = Html(Footer(page)),
            // Its serializer leaves no character that could end the element it stands in.
            ["data"] = blocks.Hover.ToJsonString(),
            ["script"] = Asset.Read("page.js"),
        };
        return Fill(Asset.Read("page.html"), parts);
    }

    private static XElement Section(ReportSection section, PageParts blocks)
    {
        XElement element = Element("section").With(TextElement("h2", "", section.Heading));
        foreach (IReportBlock block in section.Blocks)
            element.Add(block.Write(blocks));
        return element;
    }

    private static XElement Footer(ReportPage page)
    {
        XElement line = Element("p");
        foreach (string file in page.Files)
            line.Add(Element("a", "href", file).With(new XText(file)));
        string time = page.Started.ToUniversalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return line.With(TextElement("span", "end", $"NativeOpt {page.Version} \u00b7 {time} UTC"));
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
