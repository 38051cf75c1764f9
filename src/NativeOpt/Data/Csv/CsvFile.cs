using System.Text;
using NativeOpt.Data;
using NativeOpt.Data.Csv;
using NativeOpt.Text;

namespace NativeOpt;

/// <summary>
/// A table read from text with delimiters (RFC 4180), UTF-8, compressed (gzip) or not. A column whose first value is a number is one of
/// numbers, others hold texts; a cell that does not fit the cells above it is refused. <see cref="CsvDataset"/> makes training data of it.
/// </summary>
public sealed class CsvFile
{
    private readonly int[] _lines;

    internal CsvFile(string path, CsvColumn[] columns, int[] lines) => (Path, Columns, _lines) = (path, columns, lines);

    /// <summary>The file, for messages.</summary>
    public string Path { get; }

    /// <summary>Number of rows, without the header, blank lines and rows that were left out.</summary>
    public int Rows => _lines.Length;

    /// <summary>The columns in the order of the file.</summary>
    public IReadOnlyList<CsvColumn> Columns { get; }

    /// <summary>A column by its name.</summary>
    /// <param name="name">As in the header; case matters.</param>
    /// <exception cref="ArgumentException">There is none; the message has the nearest name.</exception>
    public CsvColumn this[string name] => Columns[IndexOf(name)];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="settings">Delimiter, header, what is text; null: the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is no such table, has no rows, or is larger than allowed; the message has path, line and column.
    /// </exception>
    /// <exception cref="ArgumentException">A column of the settings is not there.</exception>
    public static CsvFile Read(string path, CsvSettings? settings = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        RegularFile.RequireContent(path);
        using FileStream file = File.OpenRead(path);
        return Read(file, path, settings);
    }

    /// <summary>Reads a stream that can seek.</summary>
    /// <param name="stream">From its position on; left open.</param>
    /// <param name="name">Stands for the path in messages.</param>
    /// <param name="settings">Delimiter, header, what is text; null: the defaults.</param>
    /// <exception cref="InvalidDataException">The text is no such table; the message has name, line and column.</exception>
    /// <exception cref="ArgumentException">A column of the settings is not there.</exception>
    public static CsvFile Read(Stream stream, string name, CsvSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        settings ??= new CsvSettings();
        if (stream.Length - stream.Position > settings.MaxBytes)
            throw new InvalidDataException($"{name}: the file has {stream.Length} bytes; MaxBytes allows {settings.MaxBytes}");
        using StreamReader reader = OpenText(stream);
        return CsvReading.Read(new CsvLexer(reader, name, settings), name, settings);
    }

    /// <summary>The text of a stream that can seek, compressed (gzip) or not; the stream stays open.</summary>
    internal static StreamReader OpenText(Stream stream)
    {
        long start = stream.Position;
        bool compressed = stream.ReadByte() == 0x1f && stream.ReadByte() == 0x8b;
        stream.Position = start;
        return ReadText(compressed ? new GzipContent(stream) : stream, leaveOpen: !compressed);
    }

    /// <summary>A stream as UTF-8, of which other bytes are refused.</summary>
    internal static StreamReader ReadText(Stream stream, bool leaveOpen) => new(
        stream, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, leaveOpen: leaveOpen);

    /// <summary>Place of a column, from 0.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    internal int IndexOf(string name) => Find(name)
        ?? throw new ArgumentException($"{Path}: {NearestName.Explain("column", name, [.. Columns.Select(column => column.Name)])}");

    /// <summary>Place of a column, from 0, or null.</summary>
    internal int? Find(string name)
    {
        for (int i = 0; i < Columns.Count; i++)
            if (Columns[i].Name == name)
                return i;
        return null;
    }

    /// <summary>"{path}: line {line}, column {number} ('{name}'): {problem}".</summary>
    internal InvalidDataException Fail(int row, int column, string problem) =>
        new($"{Path}: line {_lines[row]}, column {column + 1} ('{Columns[column].Name}'): {problem}");
}
