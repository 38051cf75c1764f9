using System.Globalization;
using System.Text;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Report.Charts;

/// <summary>The `d` of paths.</summary>
internal static class LinePath
{
    /// <summary>Straight pieces; a point that cannot be drawn leaves a gap, and one between two gaps is drawn as a dot.</summary>
    public static string Of(PlotArea area, IReadOnlyList<double> x, IReadOnlyList<double> y, IReadOnlyList<int> kept)
    {
        var path = new StringBuilder();
        bool drawing = false;
        for (int k = 0; k < kept.Count; k++)
        {
            int i = kept[k];
            bool drawn = area.Has(x[i], y[i]);
            if (drawn)
                path.Append(CultureInfo.InvariantCulture, $"{(drawing ? 'L' : 'M')}{At(area.X(x[i]))} {At(area.LimitedY(y[i]))}");
            if (drawn && !drawing && (k + 1 == kept.Count || !area.Has(x[kept[k + 1]], y[kept[k + 1]])))
                path.Append("h0");
            drawing = drawn;
        }
        return path.ToString();
    }

    /// <summary>The band between two lines, without its gaps.</summary>
    public static string Band(PlotArea area, IReadOnlyList<double> x, IReadOnlyList<double> low, IReadOnlyList<double> high)
    {
        int[] drawn = [.. Enumerable.Range(0, x.Count).Where(i => area.Has(x[i], low[i]) && area.Has(x[i], high[i]))];
        if (drawn.Length < 2)
            return "";
        IEnumerable<string> there = drawn.Select(i => $"{At(area.X(x[i]))} {At(area.LimitedY(high[i]))}");
        IEnumerable<string> back = drawn.Reverse().Select(i => $"{At(area.X(x[i]))} {At(area.LimitedY(low[i]))}");
        return $"M{string.Join('L', there.Concat(back))}Z";
    }
}
