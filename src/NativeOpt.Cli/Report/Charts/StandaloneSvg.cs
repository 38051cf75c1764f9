using System.Xml.Linq;

namespace NativeOpt.Cli.Report.Charts;

/// <summary>A chart as a file of its own, for light and dark backgrounds.</summary>
internal static class StandaloneSvg
{
    /// <summary>The text of an SVG file.</summary>
    /// <param name="id">Of the drawing.</param>
    /// <param name="chart">What is drawn.</param>
    /// <param name="notes">Elements on top of it.</param>
    public static string Write(string id, LineChart chart, params XElement[] notes)
    {
        XElement svg = chart.Draw(id).First().With(notes);
        int slots = 1 + chart.Lines.Max(line => line.Slot);
        string style = Asset.Read("colours.css") + Asset.Read("chart.css") + Palette.Css(slots) + "svg{background:var(--card)}";
        svg.AddFirst(new XElement("title", chart.Title), new XElement("style", style));
        XNamespace space = "http://www.w3.org/2000/svg";
        foreach (XElement element in svg.DescendantsAndSelf())
            element.Name = space + element.Name.LocalName;
        return svg.ToString(SaveOptions.DisableFormatting) + "\n";
    }
}
