using System.Globalization;
using NativeOpt.Benchmarks.Thin;

namespace NativeOpt.Benchmarks.Results.Topics;

/// <summary>The backends beside each other, as BenchmarkDotNet measures them.</summary>
internal static class BackendsTopic
{
    public static Topic Read(string folder)
    {
        string results = Path.Combine(folder, "dotnet", "results");
        string[] files = Directory.Exists(results) ? [.. Directory.GetFiles(results, "*-report-github.md").Order()] : [];
        (string Name, string[][] Lines)[] reports =
            [.. files.Select(file => (NameOf(file), LinesOf(file))).Where(report => report.Item2.Length > 1)];
        Bar[] bars = [.. reports.SelectMany(report => Bars(report.Name, report.Lines))];
        return new Topic("backends", "Backends beside each other",
            [.. reports.Select(report => new Section(report.Name,
                "BenchmarkDotNet; ratios are to the managed reference. OpenBlas, where it is there, is OpenBLAS called from C# "
                + $"({OpenBlas.Binding}), with all else by TensorPrimitives, on one thread.",
                MarkdownTable.Write(report.Lines[0], report.Lines[1..])))],
            bars.Length == 0 ? [] : [new BarPanel("Median time of the managed backend over the native one", bars)]);
    }

    private static string NameOf(string file) =>
        Path.GetFileName(file).Replace("-report-github.md", "", StringComparison.Ordinal).Split('.')[^1];

    private static string[][] LinesOf(string file) => [.. File.ReadLines(file)
        .Where(line => line.StartsWith('|') && line.Any(char.IsAsciiLetter))
        .Select(line => line.Trim('|', ' ').Split('|').Select(cell => cell.Trim().Replace("**", "", StringComparison.Ordinal)).ToArray())];

    /// <summary>A bar for each setting that both backends were measured with.</summary>
    private static IEnumerable<Bar> Bars(string name, string[][] lines)
    {
        int median = Array.IndexOf(lines[0], "Median");
        var settings = lines.Skip(1).GroupBy(line => string.Join(' ', line[1..median]));
        foreach (IGrouping<string, string[]> setting in settings)
        {
            double Median(string method) => setting.FirstOrDefault(line => line[0] == method)?[median].Split(' ')[0] is { } text
                ? double.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture) : double.NaN;
            double ratio = Median("Managed") / Median("Native");
            string title = $"{name.Replace("Benchmarks", "", StringComparison.Ordinal)} {setting.Key}".Trim();
            if (double.IsFinite(ratio))
                yield return new Bar(title.Replace("OptimizerStep ", "", StringComparison.Ordinal), ratio, Figures.Short(ratio), 0);
        }
    }
}
