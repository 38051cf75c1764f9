using System.Globalization;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Report.Charts;

/// <summary>What is measured along a side of a chart, and how its numbers read.</summary>
/// <param name="Name">Written beside the axis: "epoch", "seconds", "loss".</param>
internal sealed record ChartAxis(string Name)
{
    /// <summary>Multiples of the median that are beyond the chart.</summary>
    private const double Far = 6, FarLogarithmic = 1e5;

    /// <summary>Passes over the data, from 1: whole numbers.</summary>
    public static ChartAxis Epoch { get; } = new("epoch") { Whole = true, Show = Count };

    /// <summary>Steps of the optimizer.</summary>
    public static ChartAxis Step { get; } = new("step") { Show = Count };

    /// <summary>Time.</summary>
    public static ChartAxis Elapsed { get; } = new("seconds") { Show = Seconds };

    /// <summary>Step sizes, which lie apart by factors.</summary>
    public static ChartAxis LearningRate { get; } = new("learning rate") { Logarithmic = true };

    /// <summary>A loss: what lies far above the rest is beyond the chart, and the reader may switch to a logarithmic scale.</summary>
    public static ChartAxis Loss { get; } = new("loss") { Show = LossText, ClipsFar = true, HasLogarithmSwitch = true };

    /// <summary>A share, 0..1, shown as per cent.</summary>
    public static ChartAxis Accuracy { get; } = new("accuracy") { Show = Share, Percent = true };

    /// <summary>Whether equal distances are equal ratios; values that are not positive are then left out.</summary>
    public bool Logarithmic { get; init; }

    /// <summary>Whether values are shares, whose ticks are shown as per cent.</summary>
    public bool Percent { get; init; }

    /// <summary>Whether the axis runs over 1, 2, 3 ... and ends with the last of them.</summary>
    public bool Whole { get; init; }

    /// <summary>
    /// Whether values that are many times the median lie beyond the chart, so that one diverging run does not flatten the others.
    /// </summary>
    public bool ClipsFar { get; init; }

    /// <summary>Whether the legend offers a logarithmic scale; for vertical axes that are linear.</summary>
    public bool HasLogarithmSwitch { get; init; }

    /// <summary>A value under the pointer, as text. NaN too.</summary>
    public Func<double, string> Show { get; init; } = Short;

    /// <summary>Six digits at most: "0.125", "1.2e-08".</summary>
    public static string Short(double value)
    {
        string format = Math.Abs(value) is 0 or (>= 1e-3 and < 1e6) ? "G6" : "0.####e+0";
        return double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "no number";
    }

    /// <summary>The number beside a tick.</summary>
    public string Tick(AxisTicks axis, double tick)
    {
        int decimals = Percent ? Math.Max(0, axis.Decimals - 2) : axis.Decimals;
        double shown = Percent ? 100 * tick : tick;
        bool brief = Math.Abs(tick) >= 1e6 || (tick != 0 && axis.Decimals > 4);
        string format = brief ? "0.##e+0" : axis.Logarithmic ? "#,0.######" : Whole || decimals == 0 ? "#,0" : $"F{decimals}";
        return shown.ToString(format, CultureInfo.InvariantCulture) + (Percent ? "%" : "");
    }

    /// <summary>The ends and the ticks for these values, and whether some of them lie beyond.</summary>
    /// <param name="values">In any order; what is no number is left out.</param>
    /// <param name="logarithmic">The scale.</param>
    /// <param name="usual">A value that is certainly not beyond, such as a loss before training.</param>
    public (AxisTicks Axis, bool Clipped) Fit(IEnumerable<double> values, bool logarithmic, double usual = 0)
    {
        double[] sorted = [.. values.Where(value => double.IsFinite(value) && (value > 0 || !logarithmic)).Order()];
        if (sorted.Length == 0)
            return (logarithmic ? AxisTicks.Powers(0.1, 1) : AxisTicks.Nice(0, 1), false);
        if (Whole)
            return (AxisTicks.Epochs((int)sorted[^1]), false);
        double limit = ClipsFar ? Math.Max(usual, sorted[sorted.Length / 2] * (logarithmic ? FarLogarithmic : Far))
            : double.PositiveInfinity;
        double maximum = sorted.Last(value => value <= limit || value == sorted[0]);
        AxisTicks axis = logarithmic ? AxisTicks.Powers(sorted[0], maximum) : AxisTicks.Nice(sorted[0], maximum);
        return (axis, axis.High < sorted[^1]);
    }
}
