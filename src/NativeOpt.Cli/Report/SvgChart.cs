using System.Globalization;
using System.Text;
using System.Xml.Linq;
using static NativeOpt.Cli.Report.PlotArea;
using static NativeOpt.Cli.Output.NumberText;
using static NativeOpt.Cli.Report.Markup;

namespace NativeOpt.Cli.Report;

/// <summary>Draws one measure of all runs over the epochs: training solid, validation dashed.</summary>
internal static class SvgChart
{
    public static XElement Draw(ChartSpec chart)
    {
        (AxisTicks values, _) = chart.ValueAxis();
        var area = new PlotArea(AxisTicks.Epochs(chart.Epochs), values);
        XElement svg = Element("svg", "viewBox", $"0 0 {Width} {Height}", "role", "img", "class", "chart", "id", chart.Id,
            "data-first", At(area.X(1)), "data-last", At(area.X(Math.Max(1, chart.Epochs))), "data-epochs", $"{chart.Epochs}",
            "aria-label", $"{chart.Title} of {chart.Lines.Count} runs over {chart.Epochs} epochs; the numbers are in the table");
        svg.Add(Clip(chart), Axes(chart, area));
        foreach (ChartLines lines in chart.Lines)
            svg.Add(Run(chart, area, lines));
        svg.Add(Labels(chart, area));
        svg.Add(Element("line", "class", "cursor", "x1", "0", "x2", "0", "y1", At(Top), "y2", At(Bottom)));
        return svg;
    }

    private static XElement Clip(ChartSpec chart)
    {
        XElement clip = Element("clipPath", "id", $"{chart.Id}-clip");
        // A little wider than the axes: a mark on the edge stays whole.
        clip.Add(Element("rect", "x", At(Left - 6), "y", At(Top - 6), "width", At(Right - Left + 12), "height", At(Bottom - Top + 12)));
        return clip;
    }

    private static XElement Axes(ChartSpec chart, PlotArea area)
    {
        XElement axes = Element("g", "class", "axes");
        foreach (double tick in area.Values.Ticks)
        {
            string y = At(area.Y(tick));
            axes.Add(Element("line", "x1", At(Left), "x2", At(Right), "y1", y, "y2", y));
            axes.Add(Label(Left - 8, area.Y(tick) + 4, "end", Tick(chart, area.Values, tick)));
        }
        foreach (double tick in area.Epochs.Ticks)
        {
            string x = At(area.X(tick));
            axes.Add(Element("line", "class", "tick", "x1", x, "x2", x, "y1", At(Bottom), "y2", At(Bottom + 5)));
            axes.Add(Label(area.X(tick), Bottom + 19, "middle", Count(tick)));
        }
        axes.Add(Element("line", "class", "base", "x1", At(Left), "x2", At(Right), "y1", At(Bottom), "y2", At(Bottom)));
        axes.Add(Label((Left + Right) / 2, Height - 6, "middle", "epoch"));
        return axes;
    }

    private static string Tick(ChartSpec chart, AxisTicks axis, double tick)
    {
        int decimals = chart.Percent ? Math.Max(0, axis.Decimals - 2) : axis.Decimals;
        string number = (chart.Percent ? 100 * tick : tick).ToString($"F{decimals}", CultureInfo.InvariantCulture);
        if (Math.Abs(tick) >= 1e6)
            number = tick.ToString("0.##e+0", CultureInfo.InvariantCulture);
        return chart.Percent ? number + "%" : number;
    }

    private static XElement Run(ChartSpec chart, PlotArea area, ChartLines lines)
    {
        XElement group = Element("g", "class", $"run r{lines.Run}", "clip-path", $"url(#{chart.Id}-clip)");
        XElement train = Element("g", "class", "train");
        XElement validation = Element("g", "class", "validation");
        AddLine(train, chart, area, lines.Train, $"{lines.Label}, training", lines.Run);
        AddLine(validation, chart, area, lines.Validation, $"{lines.Label}, validation", lines.Run);
        group.Add(train, validation);
        return group;
    }

    /// <summary>
    /// The line, a mark on its last point (a cross where it diverged), and unseen discs that show the numbers under the pointer.
    /// </summary>
    private static void AddLine(XElement group, ChartSpec chart, PlotArea area, double[] values, string name, int run)
    {
        group.Add(Element("path", "d", PathOf(area, values)));
        int last = Array.FindLastIndex(values, double.IsFinite);
        if (last >= 0)
            group.Add(Mark(area.X(last + 1), Limited(area, values[last]), last + 1 == values.Length ? Palette.Mark(run) : "cross"));
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
                continue;
            XElement disc = Element("circle", "class", "spot", "cx", At(area.X(i + 1)), "cy", At(Limited(area, values[i])), "r", "5");
            disc.Add(new XElement("title", $"{name}, epoch {i + 1}: {(chart.Percent ? Share(values[i]) : LossText(values[i]))}"));
            group.Add(disc);
        }
    }

    /// <summary>Straight pieces; a value that is no number leaves a gap, and a point between two gaps is drawn as a dot.</summary>
    private static string PathOf(PlotArea area, double[] values)
    {
        var path = new StringBuilder();
        bool drawing = false;
        for (int i = 0; i < values.Length; i++)
        {
            bool finite = double.IsFinite(values[i]);
            if (finite)
                path.Append(CultureInfo.InvariantCulture, $"{(drawing ? 'L' : 'M')}{At(area.X(i + 1))} {At(Limited(area, values[i]))}");
            if (finite && !drawing && (i + 1 == values.Length || !double.IsFinite(values[i + 1])))
                path.Append("h0");
            drawing = finite;
        }
        return path.ToString();
    }

    /// <summary>Far beyond the chart is as good as just beyond it, and a number that every reader can take.</summary>
    private static double Limited(PlotArea area, double value) => Math.Clamp(area.Y(value), -10 * Height, 10 * Height);

    private static XElement Mark(double x, double y, string shape) => shape switch
    {
        "circle" => Element("circle", "class", "mark", "cx", At(x), "cy", At(y), "r", "3.2"),
        "square" => Element("rect", "class", "mark", "x", At(x - 3), "y", At(y - 3), "width", "6", "height", "6"),
        "diamond" => Element("path", "class", "mark", "d", $"M{At(x)} {At(y - 4.4)}l4.4 4.4l-4.4 4.4l-4.4 -4.4z"),
        "cross" => Element("path", "class", "mark", "d", $"M{At(x - 4)} {At(y - 4)}l8 8m0 -8l-8 8"),
        _ => Element("path", "class", "mark", "d", $"M{At(x)} {At(y - 4.2)}l4.2 7.2h-8.4z"),
    };

    /// <summary>The name of each run that lasted, beside the end of its validation line, if there is room for all.</summary>
    private static XElement Labels(ChartSpec chart, PlotArea area)
    {
        XElement labels = Element("g", "class", "labels");
        var ends = chart.Lines.Select(l => (Lines: l, End: End(area, l))).Where(e => e.End is not null).ToArray();
        double[]? heights = ChartLabels.Place([.. ends.Select(e => e.End!.Value.Y)], Top + 4, Bottom - 4);
        for (int i = 0; heights is not null && i < ends.Length; i++)
        {
            (double x, double y) = ends[i].End!.Value;
            XElement group = Element("g", "class", $"run r{ends[i].Lines.Run}");
            group.Add(Element("path", "class", "leader", "d", $"M{At(x + 5)} {At(y)}L{At(Right + 16)} {At(heights[i])}"));
            group.Add(Label(Right + 20, heights[i] + 4, "start", Shorten(ends[i].Lines.Label)));
            labels.Add(group);
        }
        return labels;
    }

    private static (double X, double Y)? End(PlotArea area, ChartLines lines)
    {
        double value = lines.Validation.LastOrDefault(double.NaN);
        return double.IsFinite(value) ? (area.X(lines.Validation.Length), Math.Clamp(area.Y(value), Top, Bottom)) : null;
    }

    private static string Shorten(string label) => label.Length <= 13 ? label : label[..12] + "\u2026";

    private static XElement Label(double x, double y, string anchor, string text)
    {
        XElement label = Element("text", "x", At(x), "y", At(y), "text-anchor", anchor);
        label.Add(text);
        return label;
    }
}
