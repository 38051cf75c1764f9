namespace NativeOpt.Data;

/// <summary>Reads a file as a stream and knows where it is, so that a failure can say so.</summary>
internal sealed class PositionedReader(Stream stream, string name, bool compressed)
{
    /// <summary>Bytes read so far; for a compressed file, of its content.</summary>
    public long Position { get; private set; }

    /// <summary>Fills the buffer.</summary>
    /// <exception cref="InvalidDataException">The file ends before, or its compression is damaged.</exception>
    public void ReadExactly(Span<byte> buffer, string what)
    {
        long start = Position;
        int count = Read(buffer, what);
        if (count < buffer.Length)
            throw Fail(start + count, $"{(compressed ? "the compressed data end" : "the file ends")}; "
                + $"{buffer.Length - count} more bytes were expected for {what}");
    }

    /// <summary>Checks that nothing is left.</summary>
    /// <exception cref="InvalidDataException">Something is.</exception>
    public void ExpectEnd()
    {
        long position = Position;
        if (Read(stackalloc byte[1], "the end of the file") != 0)
            throw Fail(position, "the end of the file was expected; there are more bytes than the header announces");
    }

    /// <summary>"{path}: at byte {position}: {problem}".</summary>
    public InvalidDataException Fail(long position, string problem, Exception? cause = null) =>
        new($"{name}: at byte {position}: {problem}", cause);

    private int Read(Span<byte> buffer, string what)
    {
        try
        {
            int count = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            Position += count;
            return count;
        }
        catch (InvalidDataException exception)
        {
            throw Fail(Position, $"the compressed data are damaged or cut off in or after the byte where {what} begins", exception);
        }
    }
}
