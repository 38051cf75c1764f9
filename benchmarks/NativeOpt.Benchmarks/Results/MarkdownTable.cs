using System.Text;

namespace NativeOpt.Benchmarks.Results;

/// <summary>Tables of Markdown.</summary>
internal static class MarkdownTable
{
    /// <summary>A table; columns of numbers are aligned to the right.</summary>
    public static string Write(IReadOnlyList<string> heads, IReadOnlyList<string[]> rows)
    {
        var text = new StringBuilder();
        void Line(IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        Line(heads);
        Line(heads.Select((_, column) => rows.All(row => IsNumber(row[column])) ? "---:" : "---"));
        foreach (string[] row in rows)
            Line(row);
        return text.ToString();
    }

    /// <summary>One row for each of <paramref name="keys"/> and one column for each head, in the order they come in.</summary>
    /// <param name="rows">The lines of a file.</param>
    /// <param name="keys">Columns that name a row.</param>
    /// <param name="columns">What becomes the head of a column.</param>
    /// <param name="cell">What a line says.</param>
    public static string Pivot(IEnumerable<CsvRow> rows, string[] keys, Func<CsvRow, string> columns, Func<CsvRow, string> cell)
    {
        CsvRow[] all = [.. rows];
        string[] heads = [.. all.Select(columns).Distinct()];
        var lines = all.GroupBy(row => string.Join('\t', keys.Select(key => row[key]))).Select(group =>
        {
            var cells = group.GroupBy(columns).ToDictionary(same => same.Key, same => cell(same.First()));
            return (string[])[.. group.Key.Split('\t'), .. heads.Select(head => cells.GetValueOrDefault(head, ""))];
        });
        return Write([.. keys, .. heads], [.. lines]);
    }

    private static bool IsNumber(string cell) => cell is "" or "-" || char.IsAsciiDigit(cell.TrimStart('-').FirstOrDefault());
}
