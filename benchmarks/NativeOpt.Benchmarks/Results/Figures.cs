using System.Globalization;

namespace NativeOpt.Benchmarks.Results;

/// <summary>Numbers as the tables show them.</summary>
internal static class Figures
{
    /// <summary>Three digits that count: 1,234,567 stays whole, 12.3, 0.0123.</summary>
    public static string Short(double value)
    {
        if (value == 0 || !double.IsFinite(value))
            return value == 0 ? "0" : "";
        int decimals = Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 6);
        return value.ToString($"#,0.{new string('0', decimals)}", CultureInfo.InvariantCulture);
    }

    /// <summary>As <see cref="Short"/>, of a cell.</summary>
    public static string Short(CsvRow row, string head) => row[head].Length == 0 ? "" : Short(row.Number(head));

    /// <summary>A median with half the distance of the quartiles: "0.95 ± 0.02".</summary>
    public static string WithSpread(CsvRow row, string head)
    {
        double half = (row.Number("high") - row.Number("low")) / 2;
        return string.Create(CultureInfo.InvariantCulture, $"{row.Number(head):F2} ± {half:F2}");
    }

    /// <summary>"1 thread", "2 threads".</summary>
    public static string Threads(string count) => count == "1" ? "1 thread" : $"{count} threads";

    /// <summary>"1,000", "1e7".</summary>
    public static string Parameters(CsvRow row) => Axis.Text(row.Number("n"));

    /// <summary>The geometric mean, which treats twice and half alike.</summary>
    public static double GeometricMean(IEnumerable<double> ratios) => Math.Exp(ratios.Average(Math.Log));
}
