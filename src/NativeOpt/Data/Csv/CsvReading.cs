using System.Globalization;
using NativeOpt.Text;

namespace NativeOpt.Data.Csv;

/// <summary>Reads the rows of a text into columns.</summary>
internal static class CsvReading
{
    private const int MaxColumns = 1 << 20;

    public static CsvFile Read(CsvLexer lexer, string name, CsvSettings settings)
    {
        if (!lexer.ReadRow())
            throw new InvalidDataException($"{name}: there is no row in it");
        string[] names = settings.HasHeader ? ReadHeader(lexer) : NumberedNames(lexer.Count);
        RequireKnown(settings.TextColumns, nameof(settings.TextColumns), name, names);
        RequireKnown(settings.IgnoredColumns, nameof(settings.IgnoredColumns), name, names);
        CsvColumnBuilder[] columns = [.. names.Select(column => new CsvColumnBuilder(column, settings.TextColumns.Contains(column)))];
        bool[] ignored = [.. names.Select(column => settings.IgnoredColumns.Contains(column))];
        var lines = new List<int>();
        bool more = !settings.HasHeader || lexer.ReadRow();
        for (; more; more = lexer.ReadRow())
            if (AddRow(lexer, columns, ignored, settings))
                lines.Add(lexer.Line);
        return lines.Count > 0
            ? new CsvFile(name, [.. columns.Select(column => column.Build())], [.. lines])
            : throw new InvalidDataException($"{name}: there is no row in it{(settings.HasHeader ? " but the header" : "")}");
    }

    // Whether the row was taken.
    private static bool AddRow(CsvLexer lexer, CsvColumnBuilder[] columns, bool[] ignored, CsvSettings settings)
    {
        if (lexer.Count != columns.Length)
            throw lexer.Fail(
                $"the row has {lexer.Count} cells; {(settings.HasHeader ? "the header" : "the first row")} has {columns.Length}");
        int empty = FindEmpty(lexer, ignored, settings);
        if (empty >= 0 && settings.EmptyCells == EmptyCells.SkipRow)
            return false;
        if (empty >= 0 && settings.EmptyCells == EmptyCells.Refuse)
            throw lexer.Fail(empty, columns[empty].Name, "the cell is empty; EmptyCells says what to do with such cells");
        for (int i = 0; i < columns.Length; i++)
        {
            if (ignored[i] || IsEmpty(lexer[i], settings))
                columns[i].AddEmpty();
            else if (columns[i].Add(lexer[i]) is { } problem)
                throw lexer.Fail(i, columns[i].Name, problem);
        }
        return true;
    }

    private static int FindEmpty(CsvLexer lexer, bool[] ignored, CsvSettings settings)
    {
        for (int i = 0; i < lexer.Count; i++)
            if (!ignored[i] && IsEmpty(lexer[i], settings))
                return i;
        return -1;
    }

    private static bool IsEmpty(ReadOnlySpan<char> cell, CsvSettings settings)
    {
        if (cell.Length == 0)
            return true;
        for (int i = 0; i < settings.MissingMarkers.Count; i++)
            if (cell.SequenceEqual(settings.MissingMarkers[i]))
                return true;
        return false;
    }

    private static string[] ReadHeader(CsvLexer lexer)
    {
        if (lexer.Count > MaxColumns)
            throw lexer.Fail($"the header has {lexer.Count} columns; there may be {MaxColumns}");
        string[] names = NumberedNames(lexer.Count);
        bool anyText = false;
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
        {
            if (lexer[i].Length > 0)
                names[i] = lexer[i].ToString();
            anyText |= !double.TryParse(lexer[i], NumberStyles.Float, CultureInfo.InvariantCulture, out _);
            if (!seen.TryAdd(names[i], i))
                throw lexer.Fail(i, names[i], $"column {seen[names[i]] + 1} has the same name");
        }
        return anyText
            ? names
            : throw lexer.Fail("the header is made of numbers; if the first row is data, set HasHeader to false");
    }

    private static string[] NumberedNames(int count) =>
        [.. Enumerable.Range(1, count).Select(number => string.Create(CultureInfo.InvariantCulture, $"column{number}"))];

    private static void RequireKnown(IReadOnlyList<string> asked, string setting, string file, string[] names)
    {
        foreach (string column in asked)
            if (!names.Contains(column))
                throw new ArgumentException($"{file}: {setting}: {NearestName.Explain("column", column, names)}", setting);
    }
}
