using System.Xml.Linq;
using static NativeOpt.Cli.Output.NumberText;
using static NativeOpt.Cli.Report.Markup;

namespace NativeOpt.Cli.Report.Charts;

/// <summary>The small parts of drawings.</summary>
internal static class ChartMarks
{
    /// <summary>A mark at a point: "circle", "square", "diamond", "cross" or "triangle".</summary>
    public static XElement Mark(double x, double y, string shape) => shape switch
    {
        "circle" => Element("circle", "class", "mark", "cx", At(x), "cy", At(y), "r", "3.2"),
        "square" => Element("rect", "class", "mark", "x", At(x - 3), "y", At(y - 3), "width", "6", "height", "6"),
        "diamond" => Element("path", "class", "mark", "d", $"M{At(x)} {At(y - 4.4)}l4.4 4.4l-4.4 4.4l-4.4 -4.4z"),
        "cross" => Element("path", "class", "mark", "d", $"M{At(x - 4)} {At(y - 4)}l8 8m0 -8l-8 8"),
        _ => Element("path", "class", "mark", "d", $"M{At(x)} {At(y - 4.2)}l4.2 7.2h-8.4z"),
    };

    /// <summary>A line of text; <paramref name="anchor"/> is "start", "middle" or "end".</summary>
    public static XElement Label(double x, double y, string anchor, string text) =>
        Element("text", "x", At(x), "y", At(y), "text-anchor", anchor).With(new XText(text));

    /// <summary>A straight line.</summary>
    public static XElement Line(string style, double x1, double y1, double x2, double y2)
    {
        XElement line = Element("line", "x1", At(x1), "x2", At(x2), "y1", At(y1), "y2", At(y2));
        if (style.Length > 0)
            line.SetAttributeValue("class", style);
        return line;
    }

    /// <summary>Cuts off what is drawn beyond the axes.</summary>
    public static XElement Clip(string id) =>
        // A little wider than the axes: a mark on the edge stays whole.
        Element("clipPath", "id", id).With(Element("rect", "x", At(PlotArea.Left - 6), "y", At(PlotArea.Top - 6),
            "width", At(PlotArea.Right - PlotArea.Left + 12), "height", At(PlotArea.Bottom - PlotArea.Top + 12)));
}
