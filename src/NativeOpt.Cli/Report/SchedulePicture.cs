using System.Globalization;
using System.Text;
using System.Xml.Linq;
using static NativeOpt.Cli.Output.NumberText;
using static NativeOpt.Cli.Report.Markup;
using static NativeOpt.Cli.Report.PlotArea;

namespace NativeOpt.Cli.Report;

/// <summary>A picture of the values of a schedule over the steps, for light and dark backgrounds.</summary>
internal static class SchedulePicture
{
    /// <summary>More points than the picture is wide show nothing more; the extremes between two of them are kept.</summary>
    private const int MaxColumns = 600;

    private const string Style =
        "svg{font:12px system-ui,sans-serif;background:#fff}text{fill:#5d646c}.grid{stroke:#ecedeb}.line{fill:none;stroke:#0072b2;stroke-width:2}"
        + "@media(prefers-color-scheme:dark){svg{background:#14161a}text{fill:#9aa2ab}.grid{stroke:#262b31}.line{stroke:#4ba3e0}}";

    /// <summary>The text of an SVG file.</summary>
    /// <param name="title">What is drawn.</param>
    /// <param name="values">The value of each step, from step 0.</param>
    public static string Draw(string title, IReadOnlyList<double> values)
    {
        var area = new PlotArea(AxisTicks.Nice(0, Math.Max(1, values.Count - 1)), AxisTicks.Nice(values.Min(), values.Max()));
        XElement svg = Element("svg", "viewBox", $"0 0 {Width} {Height}", "role", "img");
        svg.Add(new XElement("title", title), new XElement("style", Style));
        foreach (double tick in area.Values.Ticks)
        {
            string y = At(area.Y(tick));
            svg.Add(Element("line", "class", "grid", "x1", At(Left), "x2", At(Right), "y1", y, "y2", y));
            svg.Add(Label(Left - 6, area.Y(tick) + 4, "end", tick.ToString("G4", CultureInfo.InvariantCulture)));
        }
        foreach (double tick in area.Epochs.Ticks)
            svg.Add(Label(area.X(tick), Bottom + 19, "middle", Count(tick)));
        svg.Add(Label((Left + Right) / 2, Height - 6, "middle", "step"));
        svg.Add(Element("path", "class", "line", "d", PathOf(area, values)));
        XNamespace space = "http://www.w3.org/2000/svg";
        foreach (XElement element in svg.DescendantsAndSelf())
            element.Name = space + element.Name.LocalName;
        return svg.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    private static string PathOf(PlotArea area, IReadOnlyList<double> values)
    {
        var path = new StringBuilder();
        foreach (int step in Kept(values))
            path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? 'M' : 'L')}{At(area.X(step))} {At(area.Y(values[step]))}");
        return path.ToString();
    }

    /// <summary>All steps, or of each column of the picture those with its smallest and its largest value, and the last step.</summary>
    private static IEnumerable<int> Kept(IReadOnlyList<double> values)
    {
        if (values.Count <= 2 * MaxColumns)
            return Enumerable.Range(0, values.Count);
        return Enumerable.Range(0, MaxColumns).SelectMany(column =>
        {
            int first = (int)((long)values.Count * column / MaxColumns), end = (int)((long)values.Count * (column + 1) / MaxColumns);
            IEnumerable<int> steps = Enumerable.Range(first, end - first);
            return new[] { steps.MinBy(step => values[step]), steps.MaxBy(step => values[step]) }.Order();
        }).Append(values.Count - 1);
    }

    private static XElement Label(double x, double y, string anchor, string text)
    {
        XElement label = Element("text", "x", At(x), "y", At(y), "text-anchor", anchor);
        label.Add(text);
        return label;
    }
}
