using System.Globalization;

namespace NativeOpt.Cli.Output;

/// <summary>Numbers as people read them, the same on every machine.</summary>
internal static class NumberText
{
    public const string Diverged = "diverged";

    /// <summary>"0.3379"; "diverged" where it is no number.</summary>
    public static string LossText(double value) => value switch
    {
        _ when !double.IsFinite(value) => Diverged,
        >= 1e6 => value.ToString("0.00e+0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.0000", CultureInfo.InvariantCulture),
    };

    /// <summary>"88.15%".</summary>
    public static string Share(double value) =>
        double.IsFinite(value) ? (100 * value).ToString("0.00", CultureInfo.InvariantCulture) + "%" : Diverged;

    /// <summary>" ±0.21": the standard deviation of a share over several seeds, in percentage points; empty where there is none.</summary>
    public static string Spread(double? deviation) => deviation is { } value && double.IsFinite(value)
        ? " \u00b1" + (100 * value).ToString("0.00", CultureInfo.InvariantCulture)
        : "";

    /// <summary>Three digits: "1.52 s", "0.0213 s".</summary>
    public static string Seconds(double value) => (value < 0.1 ? $"{value.ToString("0.0000", CultureInfo.InvariantCulture)}"
        : value.ToString(value < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture)) + " s";

    /// <summary>"35,482".</summary>
    public static string Count(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>The shortest text of a hyper-parameter: "0.001", "1e-07", "1e+09".</summary>
    public static string Number(double value) => (Math.Abs(value) >= 1e6 && Math.Abs(value) < 1e15
        ? value.ToString("0.################E+00", CultureInfo.InvariantCulture)
        : value.ToString("R", CultureInfo.InvariantCulture)).ToLowerInvariant();

    /// <summary>A whole number without separators.</summary>
    public static string Plain(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A loss or metric by its name: shares as per cent, other numbers with four digits.</summary>
    public static string Measure(string name, double value) => IsShare(name) ? Share(value)
        : double.IsFinite(value) ? (Math.Abs(value) is >= 1e-3 and < 1e6 or 0 ? value.ToString("0.0000", CultureInfo.InvariantCulture)
            : value.ToString("0.000e+0", CultureInfo.InvariantCulture))
        : Diverged;

    /// <summary>Whether a metric is a share of the rows.</summary>
    public static bool IsShare(string name) =>
        name.EndsWith("accuracy", StringComparison.Ordinal) || name is "acc" or "val_acc" or "precision" or "recall";

    /// <summary>"80%".</summary>
    public static string Percent(double value) => Count(100 * value) + "%";

    /// <summary>Three digits: "0.0123", "35.7", "4.2e-07"; numbers of four to six digits are whole, "1,443".</summary>
    public static string Significant(double value) => Math.Abs(value) is >= 999.5 and < 1e6
        ? Count(value)
        : value.ToString("G3", CultureInfo.InvariantCulture).ToLowerInvariant();

    /// <summary>A coordinate of a drawing.</summary>
    public static string At(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
