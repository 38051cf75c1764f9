using System.Globalization;
using NativeOpt.Cli.Report.Charts;

namespace NativeOpt.Benchmarks.Results;

/// <summary>One axis of a chart, even or logarithmic.</summary>
internal sealed class Axis
{
    private const int MaxTicks = 7;

    private readonly bool _logarithmic;
    private readonly double _low, _high;

    /// <summary>A logarithmic axis with numbers at some of <paramref name="values"/>.</summary>
    public static Axis Across(IEnumerable<double> values)
    {
        double[] all = [.. values.Distinct().Order()];
        int step = (all.Length + MaxTicks - 1) / MaxTicks;
        return new Axis(all, logarithmic: true) { Ticks = [.. all.Where((_, i) => i % step == 0)] };
    }

    /// <summary>An axis that holds all of <paramref name="values"/>.</summary>
    public Axis(IEnumerable<double> values, bool logarithmic, bool fromZero = false)
    {
        double[] all = [.. values.Where(value => double.IsFinite(value) && (!logarithmic || value > 0)).DefaultIfEmpty(1)];
        _logarithmic = logarithmic;
        if (logarithmic)
        {
            (_low, _high) = (all.Min(), all.Max() > all.Min() ? all.Max() : 2 * all.Min());
            Ticks = TicksOf(_low, _high);
            return;
        }
        AxisTicks ticks = AxisTicks.Nice(fromZero ? Math.Min(0, all.Min()) : all.Min(), all.Max());
        (_low, _high, Ticks) = (ticks.Low, ticks.High, ticks.Ticks);
    }

    /// <summary>Where numbers are written beside the axis.</summary>
    public IReadOnlyList<double> Ticks { get; private init; }

    /// <summary>Where a value lies, from 0 at the lower end to 1.</summary>
    public double Position(double value) => _logarithmic
        ? Math.Log(value / _low) / Math.Log(_high / _low)
        : (value - _low) / (_high - _low);

    /// <summary>"1e5", "1,000", "0.5".</summary>
    public static string Text(double tick) => tick >= 1e5 && Math.Log10(tick) is var power && power == Math.Round(power)
        ? $"1e{power}"
        : tick.ToString(tick >= 1000 ? "#,0" : "0.####", CultureInfo.InvariantCulture);

    /// <summary>Powers of ten; with 2 and 5 between them, or all powers of two, where there would be too few.</summary>
    private static double[] TicksOf(double low, double high)
    {
        double[] Steps(params double[] mantissas) => [.. Enumerable.Range(-6, 18)
            .SelectMany(power => mantissas.Select(mantissa => double.Parse($"{mantissa}e{power}", CultureInfo.InvariantCulture)))
            .Where(tick => tick >= low * 0.999 && tick <= high * 1.001)];
        double[] decades = Steps(1);
        return decades.Length >= 4 ? decades : Steps(1, 2, 5) is { Length: >= 2 } more ? more : [low, high];
    }
}
