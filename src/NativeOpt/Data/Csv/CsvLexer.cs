using System.Text;

namespace NativeOpt.Data.Csv;

/// <summary>
/// Splits text into rows of cells by RFC 4180: cells in quotes may hold delimiters, line ends and doubled quotes; lines end with LF,
/// CRLF or CR. Blanks around a cell are not part of it. Knows line numbers for messages.
/// </summary>
internal sealed class CsvLexer(TextReader reader, string name, CsvSettings settings)
{
    private const int MaxRowLength = 1 << 24;

    private readonly char[] _buffer = new char[1 << 14];
    private readonly List<Cell> _cells = [];
    private char[] _row = new char[256];
    private int _used, _position, _length;
    private long _charactersRead;
    private int _line = 1;

    private readonly record struct Cell(int Start, int End, int Line, bool IsQuoted);

    /// <summary>Line that the row begins in, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Cells of the row.</summary>
    public int Count => _cells.Count;

    /// <summary>A cell of the row, valid until the next one is read.</summary>
    public ReadOnlySpan<char> this[int cell] => _row.AsSpan(_cells[cell].Start, _cells[cell].End - _cells[cell].Start);

    /// <summary>Reads the next row that is not blank.</summary>
    /// <exception cref="InvalidDataException">The text is damaged or too long.</exception>
    public bool ReadRow()
    {
        while (Peek() >= 0)
        {
            _cells.Clear();
            _used = 0;
            Line = _line;
            while (ReadCell())
            {
            }
            if (_cells.Count > 1 || _cells[0].End > _cells[0].Start || _cells[0].IsQuoted)
                return true;
        }
        return false;
    }

    /// <summary>"{file}: line {line}, column {column} ('{columnName}'): {problem}"; columns are counted from 1.</summary>
    public InvalidDataException Fail(int cell, string columnName, string problem) =>
        new($"{name}: line {_cells[cell].Line}, column {cell + 1} ('{columnName}'): {problem}");

    /// <summary>"{file}: line {line}: {problem}", of the row.</summary>
    public InvalidDataException Fail(string problem) => new($"{name}: line {Line}: {problem}");

    // Whether the row goes on after the cell.
    private bool ReadCell()
    {
        SkipBlanks();
        (int start, int line) = (_used, _line);
        bool quoted = Peek() == '"';
        if (quoted)
            ReadQuoted(line);
        else
            ReadPlain(start);
        _cells.Add(new Cell(start, _used, line, quoted));
        int end = Next();
        if (end == '\r' && Peek() == '\n')
            Next();
        return end == settings.Delimiter || (end is -1 or '\r' or '\n'
            ? false
            : throw FailAt(line, _cells.Count,
                $"'{(char)end}' follows the closing quote; a delimiter or the end of the line was expected"));
    }

    private void ReadPlain(int start)
    {
        for (int c = Peek(); c >= 0 && c != settings.Delimiter && c is not ('\r' or '\n'); c = Peek())
            Append((char)Next());
        while (_used > start && _row[_used - 1] is ' ' or '\t')
            _used--;
    }

    private void ReadQuoted(int line)
    {
        Next();
        while (true)
        {
            int c = Next();
            if (c < 0)
                throw FailAt(line, _cells.Count + 1, "a quote is opened here and never closed");
            if (c == '"' && Peek() != '"')
                break;
            if (c == '"')
                Next();
            Append((char)c);
        }
        SkipBlanks();
    }

    private void SkipBlanks()
    {
        while (Peek() is ' ' or '\t' && Peek() != settings.Delimiter)
            Next();
    }

    private void Append(char c)
    {
        if (_used == MaxRowLength)
            throw Fail($"the row is longer than {MaxRowLength} characters; perhaps a quote is not closed");
        if (c == '\0')
            throw FailAt(_line, _cells.Count + 1, "a zero character; this is no text");
        if (_used == _row.Length)
            Array.Resize(ref _row, 2 * _row.Length);
        _row[_used++] = c;
    }

    private int Next()
    {
        int c = Peek();
        if (c < 0)
            return c;
        _position++;
        // CRLF counts where its second half is read.
        if (c == '\n' || (c == '\r' && Peek() != '\n'))
            _line++;
        return c;
    }

    private int Peek()
    {
        if (_position == _length)
            Fill();
        return _position < _length ? _buffer[_position] : -1;
    }

    private void Fill()
    {
        try
        {
            _length = reader.Read(_buffer, 0, _buffer.Length);
        }
        catch (DecoderFallbackException exception)
        {
            throw new InvalidDataException($"{name}: after line {_line}: bytes that are not UTF-8", exception);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException(
                $"{name}: after line {_line}: the compressed data are damaged or cut off: {exception.Message}", exception);
        }
        _position = 0;
        _charactersRead += _length;
        if (_charactersRead > settings.MaxBytes)
            throw new InvalidDataException($"{name}: the text is longer than {settings.MaxBytes} characters; MaxBytes allows no more");
    }

    private InvalidDataException FailAt(int line, int column, string problem) =>
        new($"{name}: line {line}, column {column}: {problem}");
}
