using System.Xml.Linq;

namespace NativeOpt.Cli.Report.Charts;

/// <summary>A picture of the values of a schedule over the steps, for light and dark backgrounds.</summary>
internal static class SchedulePicture
{
    /// <summary>The text of an SVG file.</summary>
    /// <param name="title">What is drawn.</param>
    /// <param name="values">The value of each step, from step 0.</param>
    public static string Draw(string title, IReadOnlyList<double> values)
    {
        double[] steps = [.. Enumerable.Range(0, values.Count).Select(step => (double)step)];
        var chart = new LineChart(title, ChartAxis.Step, new ChartAxis("value"), [new Series("", steps, values)]);
        XElement svg = chart.Draw("schedule").Single();
        svg.AddFirst(new XElement("title", title),
            new XElement("style", Asset.Read("colours.css") + Asset.Read("chart.css") + Palette.Css(1) + "svg{background:var(--card)}"));
        XNamespace space = "http://www.w3.org/2000/svg";
        foreach (XElement element in svg.DescendantsAndSelf())
            element.Name = space + element.Name.LocalName;
        return svg.ToString(SaveOptions.DisableFormatting) + "\n";
    }
}
