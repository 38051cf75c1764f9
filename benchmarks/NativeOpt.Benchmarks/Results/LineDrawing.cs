using System.Xml.Linq;
using NativeOpt.Cli.Report.Charts;
using static NativeOpt.Cli.Output.NumberText;
using static NativeOpt.Cli.Report.Markup;

namespace NativeOpt.Benchmarks.Results;

/// <summary>Draws a <see cref="LinePanel"/>.</summary>
internal static class LineDrawing
{
    /// <summary>The right margin has room for the names of the lines.</summary>
    private const double Left = 56, Right = Figure.PanelWidth - 134, Top = 34, Bottom = Figure.PanelHeight - 44;

    public static IEnumerable<XElement> Draw(LinePanel panel)
    {
        var x = Axis.Across(panel.Lines.SelectMany(line => line.Points.Select(point => point.X)));
        IEnumerable<double> values = panel.Lines.SelectMany(line => line.Points.Select(point => point.Y));
        var y = new Axis(panel.Reference is { } reference ? values.Append(reference) : values, panel.LogarithmicY, fromZero: true);
        double X(double value) => Left + (Right - Left) * x.Position(value);
        double Y(double value) => Bottom - (Bottom - Top) * y.Position(value);

        yield return Figure.Label(8, 18, "start", panel.Title, "title");
        yield return Figure.Label((Left + Right) / 2, Bottom + 36, "middle", panel.X);
        foreach (double tick in y.Ticks)
        {
            yield return Across("grid", Y(tick));
            yield return Figure.Label(Left - 6, Y(tick) + 4, "end", Axis.Text(tick));
        }
        foreach (double tick in x.Ticks)
            yield return Figure.Label(X(tick), Bottom + 18, "middle", Axis.Text(tick));
        if (panel.Reference is { } compared)
            yield return Across("reference", Y(compared));
        for (int i = 0; i < panel.Lines.Count; i++)
            yield return Line(i, [.. panel.Lines[i].Points.Select(point => (X(point.X), Y(point.Y)))]);
        foreach (XElement name in Names(panel, Y))
            yield return name;
    }

    private static XElement Across(string kind, double y) =>
        Element("line", "class", kind, "x1", At(Left), "x2", At(Right), "y1", At(y), "y2", At(y));

    private static XElement Line(int index, (double X, double Y)[] points)
    {
        XElement group = Element("g", "class", $"c{index % Figure.ColourCount}");
        group.Add(Element("path", "class", "line", "d", "M" + string.Join('L', points.Select(point => $"{At(point.X)} {At(point.Y)}"))));
        foreach ((double x, double y) in points)
            group.Add(Mark(index, x, y));
        return group;
    }

    private static XElement Mark(int index, double x, double y) => (index % 4) switch
    {
        0 => Element("circle", "class", "mark", "cx", At(x), "cy", At(y), "r", "3.4"),
        1 => Element("rect", "class", "mark", "x", At(x - 3.2), "y", At(y - 3.2), "width", "6.4", "height", "6.4"),
        2 => Element("path", "class", "mark", "d", $"M{At(x)} {At(y - 4.6)}l4.6 4.6l-4.6 4.6l-4.6 -4.6z"),
        _ => Element("path", "class", "mark", "d", $"M{At(x)} {At(y - 4.4)}l4.4 7.6h-8.8z"),
    };

    /// <summary>The name of each line beside its end, none above another.</summary>
    private static IEnumerable<XElement> Names(LinePanel panel, Func<double, double> y)
    {
        double[] wanted = [.. panel.Lines.Select(line => y(line.Points[^1].Y))];
        double[] heights = ChartLabels.Place(wanted, Top, Bottom) ?? wanted;
        for (int i = 0; i < wanted.Length; i++)
        {
            XElement group = Element("g", "class", $"c{i % Figure.ColourCount}");
            group.Add(Mark(i, Right + 12, heights[i]));
            group.Add(Figure.Label(Right + 20, heights[i] + 4, "start", panel.Lines[i].Name, "name"));
            yield return group;
        }
    }
}
