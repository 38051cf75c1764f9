using System.Xml.Linq;
using static NativeOpt.Cli.Report.Markup;

namespace NativeOpt.Cli.Report.Charts;

/// <summary>A picture of a learning-rate range test: the loss over the rates, and the rate that it suggests.</summary>
internal static class FinderPicture
{
    /// <summary>The text of an SVG file.</summary>
    public static string Draw(LearningRateCurve curve)
    {
        var lines = new List<Series> { new("loss", curve.LearningRates, curve.Losses) };
        int suggested = curve.LearningRates.ToList().IndexOf(curve.Suggestion);
        if (suggested >= 0)
            lines.Add(new Series("suggestion", [curve.Suggestion], [curve.Losses[suggested]]) { Slot = 1, Points = true });
        ChartAxis loss = ChartAxis.Loss with { HasLogarithmSwitch = false };
        var chart = new LineChart("Learning-rate range test", ChartAxis.LearningRate, loss, lines);
        return StandaloneSvg.Write("lr-find", chart, suggested < 0 ? [] : [Note(chart, curve.Suggestion, curve.Losses[suggested])]);
    }

    /// <summary>Above the point: behind it the loss falls.</summary>
    private static XElement Note(LineChart chart, double rate, double loss)
    {
        PlotArea area = chart.Area(logarithmic: false);
        return Element("g", "class", "labels").With(
            ChartMarks.Label(area.X(rate) + 8, area.Y(loss) - 8, "start", $"suggestion {ChartAxis.Short(rate)}"));
    }
}
