using System.Xml.Linq;
using static NativeOpt.Cli.Output.NumberText;
using static NativeOpt.Cli.Report.Markup;

namespace NativeOpt.Benchmarks.Results;

/// <summary>Draws a <see cref="BarPanel"/>.</summary>
internal static class BarDrawing
{
    private const double Left = 226, Right = Figure.PanelWidth - 60, Top = 34, Step = 22, Thickness = 14;

    /// <summary>Height of a panel with its margins.</summary>
    public static double HeightOf(BarPanel panel) => Top + Step * panel.Bars.Count + 16;

    public static IEnumerable<XElement> Draw(BarPanel panel)
    {
        double longest = panel.Bars.Max(bar => bar.Value);
        yield return Figure.Label(8, 18, "start", panel.Title, "title");
        for (int i = 0; i < panel.Bars.Count; i++)
        {
            Bar bar = panel.Bars[i];
            double y = Top + Step * i, length = Math.Max(1, (Right - Left) * bar.Value / longest);
            yield return Figure.Label(Left - 8, y + Thickness - 3, "end", bar.Name);
            XElement group = Element("g", "class", $"c{bar.Colour % Figure.ColourCount}");
            group.Add(Element("rect", "class", "bar", "x", At(Left), "y", At(y), "width", At(length), "height", At(Thickness)));
            yield return group;
            yield return Figure.Label(Left + length + 6, y + Thickness - 3, "start", bar.Text);
        }
    }
}
