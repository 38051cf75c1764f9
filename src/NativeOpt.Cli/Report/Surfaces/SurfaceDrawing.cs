using System.Globalization;
using System.Text;
using System.Xml.Linq;
using NativeOpt.Cli.Report.Charts;
using static NativeOpt.Cli.Output.NumberText;
using static NativeOpt.Cli.Report.Charts.ChartMarks;
using static NativeOpt.Cli.Report.Charts.PlotArea;
using static NativeOpt.Cli.Report.Markup;

namespace NativeOpt.Cli.Report.Surfaces;

/// <summary>Draws a surface as SVG: shades, level lines, axes, places and paths, from the back to the front.</summary>
internal static class SurfaceDrawing
{
    /// <summary>Opacity of the highest shade; the lowest one is clear.</summary>
    private const double Darkest = 0.5;

    public static XElement Draw(SurfacePicture picture, string id)
    {
        var area = new PlotArea(Axis(picture.Across), Axis(picture.Up));
        double[,] values = picture.Sample();
        double[] levels = picture.LevelsOf(values);
        XElement svg = Element("svg", "viewBox", $"0 0 {Width} {Height}", "role", "img", "class", "chart", "id", id,
            "aria-label", $"{picture.Title}: a surface with {picture.Paths.Count} paths");
        XElement field = Element("g", "class", "field").With([.. Shades(values, levels)]).With(Lines(values, levels));
        svg.With(Clip($"{id}-clip"), field,
            ChartFrame.Draw(area, new ChartAxis(picture.Names.Across), new ChartAxis(picture.Names.Up)));
        svg.With(Label(Left, Top - 4, "start", picture.Names.Up));
        foreach (SurfacePath path in picture.Paths)
            svg.With(Path(area, path, id));
        return svg.With([.. picture.Places.SelectMany(place => Place(area, place))]).With(Names(picture, area));
    }

    /// <summary>Round ticks, but the ends as they were given: the surface fills the frame.</summary>
    private static AxisTicks Axis((double Low, double High) ends)
    {
        AxisTicks nice = AxisTicks.Nice(ends.Low, ends.High);
        return nice with { Low = ends.Low, High = ends.High, Ticks = [.. nice.Ticks.Where(t => t >= ends.Low && t <= ends.High)] };
    }

    private static double X(double[,] values, double column) => Left + (Right - Left) * column / (values.GetLength(1) - 1);

    private static double Y(double[,] values, double row) => Bottom - (Bottom - Top) * row / (values.GetLength(0) - 1);

    /// <summary>A rectangle for each run of equal shade in a row of cells.</summary>
    private static IEnumerable<XElement> Shades(double[,] values, double[] levels)
    {
        int columns = values.GetLength(1) - 1;
        for (int row = 0; row + 1 < values.GetLength(0); row++)
            for (int start = 0, end; start < columns; start = end)
            {
                int shade = Shade(values, row, start, levels);
                for (end = start + 1; end < columns && Shade(values, row, end, levels) == shade;)
                    end++;
                if (shade > 0)
                    yield return Element("rect", "x", At(X(values, start)), "y", At(Y(values, row + 1)),
                        "width", At(X(values, end) - X(values, start)), "height", At(Y(values, row) - Y(values, row + 1)),
                        "fill-opacity", At(Darkest * shade / levels.Length));
            }
    }

    /// <summary>How many levels the middle of a cell is above; 0 where it is no number.</summary>
    private static int Shade(double[,] values, int row, int column, double[] levels)
    {
        double mean = (values[row, column] + values[row, column + 1] + values[row + 1, column] + values[row + 1, column + 1]) / 4;
        return levels.Count(level => mean > level);
    }

    private static XElement Lines(double[,] values, double[] levels)
    {
        var path = new StringBuilder();
        foreach (double level in levels)
            foreach ((double x1, double y1, double x2, double y2) in LevelLines.Trace(values, level))
                path.Append(CultureInfo.InvariantCulture,
                    $"M{At(X(values, x1))} {At(Y(values, y1))}L{At(X(values, x2))} {At(Y(values, y2))}");
        return Element("path", "d", path.ToString());
    }

    private static XElement Path(PlotArea area, SurfacePath path, string id)
    {
        (double X, double Y)[] points = [.. path.Points.TakeWhile(p => double.IsFinite(p.X) && double.IsFinite(p.Y))];
        XElement group = Element("g", "class", "solid");
        double[] across = [.. points.Select(p => Limited(p.X, area.Across))], up = [.. points.Select(p => Limited(p.Y, area.Up))];
        group.With(Element("path", "d", LinePath.Of(area, across, up, [.. Enumerable.Range(0, points.Length)])));
        if (path.HasDots)
            group.With(Element("g", "class", "steps").With([.. points.Select((_, i) =>
                Element("circle", "class", "mark", "cx", At(area.X(across[i])), "cy", At(area.Y(up[i])), "r", "2"))]));
        if (points.Length > 0)
            group.With(Mark(area.X(across[^1]), area.Y(up[^1]), points.Length < path.Points.Count ? "cross" : Palette.Mark(path.Slot)));
        return Element("g", "class", $"run r{path.Slot}", "clip-path", $"url(#{id}-clip)").With(group);
    }

    /// <summary>A path that leaves the picture goes on for a while, where nobody sees it.</summary>
    private static double Limited(double value, AxisTicks axis)
    {
        double size = axis.High - axis.Low;
        return Math.Clamp(value, axis.Low - 10 * size, axis.High + 10 * size);
    }

    private static IEnumerable<XElement> Place(PlotArea area, SurfacePlace place)
    {
        yield return Element("circle", "class", "place", "cx", At(area.X(place.X)), "cy", At(area.Y(place.Y)), "r", "4");
        XElement name = Label(area.X(place.X) + 8, area.Y(place.Y) - 7, "start", place.Name);
        name.SetAttributeValue("class", "place-name");
        yield return name;
    }

    /// <summary>The names of the paths beside the picture, one below the other.</summary>
    private static XElement Names(SurfacePicture picture, PlotArea area)
    {
        XElement labels = Element("g", "class", "labels");
        SurfacePath[] named = [.. picture.Paths.DistinctBy(path => path.Slot).Where(path => path.Points.Count > 0)];
        double[] wanted = [.. named.Select(path => HeightOf(path, area))];
        double[]? heights = ChartLabels.Place(wanted, Top + 4, Bottom - 4);
        for (int i = 0; heights is not null && i < named.Length; i++)
            labels.With(Element("g", "class", $"run r{named[i].Slot}").With(
                Mark(Right + 12, heights[i], Palette.Mark(named[i].Slot)), Label(Right + 20, heights[i] + 4, "start", named[i].Label)));
        return labels;
    }

    private static double HeightOf(SurfacePath path, PlotArea area)
    {
        double end = path.Points[^1].Y;
        return double.IsFinite(end) ? Math.Clamp(area.Y(end), Top, Bottom) : Top;
    }
}
