using System.Xml.Linq;
using static NativeOpt.Cli.Report.Charts.ChartMarks;
using static NativeOpt.Cli.Report.Charts.PlotArea;
using static NativeOpt.Cli.Report.Markup;

namespace NativeOpt.Cli.Report.Charts;

/// <summary>The axes with their ticks, numbers and names.</summary>
internal static class ChartFrame
{
    public static XElement Draw(PlotArea area, ChartAxis across, ChartAxis up)
    {
        XElement axes = Element("g", "class", "axes");
        foreach (double tick in area.Up.Ticks)
            axes.With(Line("", Left, area.Y(tick), Right, area.Y(tick)), Label(Left - 8, area.Y(tick) + 4, "end", up.Tick(area.Up, tick)));
        foreach (double tick in area.Across.Ticks)
            axes.With(Line("tick", area.X(tick), Bottom, area.X(tick), Bottom + 5),
                Label(area.X(tick), Bottom + 19, "middle", across.Tick(area.Across, tick)));
        return axes.With(Line("base", Left, Bottom, Right, Bottom), Label((Left + Right) / 2, Height - 6, "middle", across.Name));
    }
}
