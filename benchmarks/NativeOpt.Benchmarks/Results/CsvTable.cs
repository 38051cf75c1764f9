using System.Globalization;

namespace NativeOpt.Benchmarks.Results;

/// <summary>A line of a CSV file; cells are found by the head of their column.</summary>
internal sealed record CsvRow(string[] Heads, string[] Cells)
{
    /// <summary>The text of a cell; empty where the file has no such column.</summary>
    public string this[string head] => Array.IndexOf(Heads, head) is var i and >= 0 && i < Cells.Length ? Cells[i] : "";

    /// <summary>The number in a cell.</summary>
    public double Number(string head) => double.Parse(this[head], CultureInfo.InvariantCulture);
}

/// <summary>What a program measured: a line of heads, then a line for each thing; no quotes, no commas within cells.</summary>
internal static class CsvTable
{
    /// <summary>The rows of <c>name.csv</c> in <paramref name="folder"/>; none where the program did not run.</summary>
    public static IReadOnlyList<CsvRow> Read(string folder, string name)
    {
        string path = Path.Combine(folder, $"{name}.csv");
        if (!File.Exists(path))
            return [];
        string[][] lines = [.. File.ReadLines(path).Where(line => line.Length > 0).Select(line => line.Split(','))];
        return [.. lines.Skip(1).Select(cells => new CsvRow(lines[0], cells))];
    }
}
