using System.Globalization;
using NativeOpt.Text;

namespace NativeOpt.Data.Csv;

/// <summary>Reads the rows of a text into columns, all at once or block by block.</summary>
internal sealed class CsvReading
{
    private const int MaxColumns = 1 << 20;

    private readonly CsvLexer _lexer;
    private readonly string _file;
    private readonly string[] _names;
    private CsvSettings _settings;
    private bool _hasRow;

    /// <summary>Reads the header, or looks at the first row where there is none.</summary>
    /// <param name="lexer">At the start of the text.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="settings">How it is read.</param>
    /// <exception cref="InvalidDataException">There is no header, or it cannot be used.</exception>
    /// <exception cref="ArgumentException">A column of the settings is not there.</exception>
    public CsvReading(CsvLexer lexer, string file, CsvSettings settings)
    {
        (_lexer, _file, _settings) = (lexer, file, settings);
        if (!lexer.ReadRow())
            throw new InvalidDataException($"{file}: there is no row in it");
        _names = settings.HasHeader ? ReadHeader(lexer) : NumberedNames(lexer.Count);
        _hasRow = !settings.HasHeader;
        Use(settings);
    }

    /// <summary>The columns.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Reads all rows.</summary>
    /// <exception cref="InvalidDataException">The text is no such table, or has no rows.</exception>
    /// <exception cref="ArgumentException">A column of the settings is not there.</exception>
    public static CsvFile Read(CsvLexer lexer, string name, CsvSettings settings) =>
        new CsvReading(lexer, name, settings).ReadBlock(int.MaxValue)
        ?? throw new InvalidDataException($"{name}: there is no row in it{(settings.HasHeader ? " but the header" : "")}");

    /// <summary>Other settings from here on, which may know the names of the columns: texts, ignored ones, empty cells.</summary>
    /// <exception cref="ArgumentException">A column of them is not there.</exception>
    public void Use(CsvSettings settings)
    {
        RequireKnown(settings.TextColumns, nameof(settings.TextColumns), _file, _names);
        RequireKnown(settings.IgnoredColumns, nameof(settings.IgnoredColumns), _file, _names);
        _settings = settings;
    }

    /// <summary>
    /// The next rows as a table of their own, or null behind the last one. Whether a column holds numbers or texts is decided in each block
    /// anew, except for those that the settings say it of.
    /// </summary>
    /// <param name="maxRows">Rows of a block, at least 1.</param>
    /// <exception cref="InvalidDataException">The text is damaged, or a cell does not fit; the message has line and column.</exception>
    public CsvFile? ReadBlock(int maxRows)
    {
        CsvColumnBuilder[] columns = [.. _names.Select(column => new CsvColumnBuilder(column, _settings.TextColumns.Contains(column)))];
        bool[] ignored = [.. _names.Select(column => _settings.IgnoredColumns.Contains(column))];
        var lines = new List<int>();
        while (lines.Count < maxRows && (_hasRow || _lexer.ReadRow()))
        {
            _hasRow = false;
            if (AddRow(_lexer, columns, ignored, _settings))
                lines.Add(_lexer.Line);
        }
        return lines.Count > 0 ? new CsvFile(_file, [.. columns.Select(column => column.Build())], [.. lines]) : null;
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
