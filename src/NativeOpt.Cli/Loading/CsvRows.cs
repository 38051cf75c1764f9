using NativeOpt.Data;
using NativeOpt.Data.Csv;

namespace NativeOpt.Cli.Loading;

/// <summary>Reads a table block by block, from a file or from the standard input: it may be longer than memory.</summary>
internal sealed class CsvRows : IDisposable
{
    /// <summary>Stands for the standard input or output.</summary>
    public const string Standard = "-";

    private readonly Stream _stream;
    private readonly StreamReader _reader;
    private readonly CsvReading _reading;

    /// <summary>Reads the names of the columns.</summary>
    /// <param name="path">A file, compressed (gzip) or not, or "-".</param>
    /// <param name="input">The standard input.</param>
    /// <param name="settings">How it is read.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no table.</exception>
    public CsvRows(string path, Func<Stream> input, CsvSettings settings)
    {
        if (path != Standard)
            RegularFile.RequireContent(path);
        _stream = path == Standard ? input() : File.OpenRead(path);
        _reader = path == Standard ? CsvFile.ReadText(_stream, leaveOpen: false) : CsvFile.OpenText(_stream);
        try
        {
            // The limit is for tables that are kept in memory.
            string name = path == Standard ? "standard input" : path;
            CsvSettings unlimited = settings with { MaxBytes = long.MaxValue };
            _reading = new CsvReading(new CsvLexer(_reader, name, unlimited), name, unlimited);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The columns.</summary>
    public IReadOnlyList<string> Names => _reading.Names;

    /// <summary>Settings that know the columns.</summary>
    public void Use(CsvSettings settings) => _reading.Use(settings);

    /// <summary>The next rows, or null behind the last one.</summary>
    /// <exception cref="InvalidDataException">A cell does not fit; the message has line and column.</exception>
    public CsvFile? Read(int maxRows) => _reading.ReadBlock(maxRows);

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
    }
}
