using System.Xml.Linq;
using static NativeOpt.Cli.Output.NumberText;
using static NativeOpt.Cli.Report.Charts.ChartMarks;
using static NativeOpt.Cli.Report.Charts.PlotArea;
using static NativeOpt.Cli.Report.Markup;

namespace NativeOpt.Cli.Report.Charts;

/// <summary>Draws a line chart as SVG, with the classes that chart.css knows.</summary>
internal static class LineDrawing
{
    /// <summary>A line with more points has no discs of its own under the pointer.</summary>
    private const int MaxSpots = 200;

    /// <summary>How far from the right end a line may end and still be named there.</summary>
    private const double NearRight = 40;

    /// <summary>The drawing.</summary>
    /// <param name="chart">What is drawn.</param>
    /// <param name="id">Unique on the page; the drawing for the logarithmic scale adds "-log" to it.</param>
    /// <param name="area">Its axes.</param>
    /// <param name="style">Classes: "chart", and which of two scales it is.</param>
    public static XElement Draw(LineChart chart, string id, PlotArea area, string style)
    {
        bool second = style.EndsWith("log", StringComparison.Ordinal);
        string own = second ? $"{id}-log" : id;
        XElement svg = Element("svg", "viewBox", $"0 0 {Width} {Height}", "role", "img", "class", style, "id", own, "data-chart", id,
            "aria-label", $"{chart.Title}: {chart.Lines.Count} lines over {chart.Across.Name}");
        svg.With(Clip($"{own}-clip"), ChartFrame.Draw(area, chart.Across, chart.Up));
        if (chart.Level is { } level && area.Has(area.Across.High, level.Value))
            svg.With(Line("level", Left, area.Y(level.Value), Right, area.Y(level.Value)),
                Label(Left + 6, area.Y(level.Value) - 5, "start", level.Name));
        foreach (Series line in chart.Lines)
            svg.With(Run(chart, own, area, line, spots: !second));
        return svg.With(Labels(chart, area), Line("cursor", 0, Top, 0, Bottom));
    }

    private static XElement Run(LineChart chart, string id, PlotArea area, Series line, bool spots)
    {
        XElement run = Element("g", "class", $"run r{line.Slot}", "clip-path", $"url(#{id}-clip)");
        string variant = line.Variant.Length == 0 ? "" : $" {LegendEntry.ClassOf(line.Variant)}";
        XElement group = Element("g", "class", (line.Dashed ? "dashed" : "solid") + variant);
        if (line is { Low: { } low, High: { } high })
            group.With(Element("path", "class", "band", "d", LinePath.Band(area, line.X, low, high)));
        int[] kept = [.. Thinning.Kept(line.Y)];
        if (line.Points)
            group.With([.. kept.Where(i => area.Has(line.X[i], line.Y[i])).Select(i => Point(area, line, i))]);
        else
            AddLine(group, area, line, kept);
        if (spots && kept.Length <= MaxSpots)
            group.With([.. kept.Where(i => area.Has(line.X[i], line.Y[i])).Select(i => Spot(chart, area, line, i))]);
        return run.With(group);
    }

    /// <summary>The line, and a mark on its last point: a cross where numbers ended before the line did.</summary>
    private static void AddLine(XElement group, PlotArea area, Series line, int[] kept)
    {
        group.With(Element("path", "d", LinePath.Of(area, line.X, line.Y, kept)));
        int last = Array.FindLastIndex(kept, i => area.Has(line.X[i], line.Y[i]));
        if (last >= 0)
            group.With(Mark(area.X(line.X[kept[last]]), area.LimitedY(line.Y[kept[last]]),
                double.IsFinite(line.Y[^1]) ? Palette.Mark(line.Slot) : "cross"));
    }

    private static XElement Point(PlotArea area, Series line, int index) =>
        Mark(area.X(line.X[index]), area.LimitedY(line.Y[index]), Palette.Mark(line.Slot));

    /// <summary>An unseen disc that shows the numbers under the pointer, for readers without script.</summary>
    private static XElement Spot(LineChart chart, PlotArea area, Series line, int index)
    {
        string where = $"{chart.Across.Name} {chart.Across.Show(line.X[index])}";
        string name = string.Join(", ", new[] { line.Label, line.Variant, where }.Where(part => part.Length > 0));
        return Element("circle", "class", "spot", "cx", At(area.X(line.X[index])), "cy", At(area.LimitedY(line.Y[index])), "r", "5")
            .With(new XElement("title", $"{name}: {chart.Up.Show(line.Y[index])}"));
    }

    /// <summary>The name of each slot beside the end of its last line, if these lines end near the right edge and there is room.</summary>
    private static XElement Labels(LineChart chart, PlotArea area)
    {
        XElement labels = Element("g", "class", "labels");
        var ends = chart.Lines.Where(line => line is { Points: false, Label.Length: > 0, Y.Count: > 0 })
            .GroupBy(line => line.Slot).Select(slot => slot.Last())
            .Where(line => area.Has(line.X[^1], line.Y[^1]) && area.X(line.X[^1]) >= Right - NearRight)
            .Select(line => (Line: line, X: area.X(line.X[^1]), Y: Math.Clamp(area.Y(line.Y[^1]), Top, Bottom))).ToArray();
        double[]? heights = ends.Length == 0 ? null : ChartLabels.Place([.. ends.Select(end => end.Y)], Top + 4, Bottom - 4);
        for (int i = 0; heights is not null && i < ends.Length; i++)
        {
            (Series line, double x, double y) = ends[i];
            labels.With(Element("g", "class", $"run r{line.Slot}").With(
                Element("path", "class", "leader", "d", $"M{At(x + 5)} {At(y)}L{At(Right + 16)} {At(heights[i])}"),
                Label(Right + 20, heights[i] + 4, "start", Shorten(line.Label))));
        }
        return labels;
    }

    private static string Shorten(string label) => label.Length <= 13 ? label : label[..12] + "\u2026";
}
