namespace NativeOpt.Data.Streaming;

/// <summary>Looks at files of rows before they are mapped.</summary>
internal static class RowFiles
{
    /// <summary>Where the elements of an IDX file begin, and its rows and columns.</summary>
    /// <exception cref="InvalidDataException">It is compressed, damaged or another file.</exception>
    public static (long Offset, int Rows, int Columns) IdxPlaces(string path)
    {
        using FileStream file = Open(path);
        if (file.ReadByte() == 0x1f && file.ReadByte() == 0x8b)
            throw new InvalidDataException($"{path} is compressed; a file that is mapped must not be: `gunzip -k` unpacks it");
        file.Position = 0;
        var reader = new PositionedReader(file, path, compressed: false);
        int[] shape = IdxFile.ReadHeader(reader, file.Length);
        long columns = shape.Skip(1).Aggregate(1L, (product, size) => product * size);
        if (columns > Array.MaxLength)
            throw reader.Fail(4, $"a row has {columns} elements; it may have {Array.MaxLength}");
        RequireLength(reader, file.Length, reader.Position + columns * shape[0]);
        return (reader.Position, shape[0], (int)columns);
    }

    /// <summary>The header of a row file, whose length has been checked.</summary>
    /// <exception cref="InvalidDataException">It is damaged or another file.</exception>
    public static RowFileHeader ReadHeader(string path)
    {
        using FileStream file = Open(path);
        var reader = new PositionedReader(file, path, compressed: false);
        RowFileHeader header = RowFileHeader.Read(reader);
        long rowBytes = FloatRows.SizeOf(header.InputColumns, header.TargetColumns);
        if (header.Rows > file.Length / rowBytes)
            throw reader.Fail(24, $"the header announces {header.Rows} rows of {rowBytes} bytes; the file has {file.Length} bytes");
        RequireLength(reader, file.Length, RowFileHeader.Size + header.Rows * rowBytes);
        return header;
    }

    /// <summary>Rows that a file holds after a number of bytes.</summary>
    /// <exception cref="InvalidDataException">They are not whole, or there is none.</exception>
    public static long CountRows(string path, long headerBytes, int rowBytes)
    {
        using FileStream file = Open(path);
        long length = file.Length - headerBytes;
        return length > 0 && length % rowBytes == 0
            ? length / rowBytes
            : throw new InvalidDataException(
                $"{path} has {file.Length} bytes; it must be {headerBytes} and then whole rows of {rowBytes}");
    }

    /// <summary>A number of rows as an int.</summary>
    /// <exception cref="InvalidDataException">There are more.</exception>
    public static int RequireCount(string path, long rows) => rows <= Array.MaxLength
        ? (int)rows
        : throw new InvalidDataException($"{path} has {rows} rows; a data set may have {Array.MaxLength}");

    private static FileStream Open(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        RegularFile.RequireContent(path);
        return File.OpenRead(path);
    }

    private static void RequireLength(PositionedReader reader, long length, long expected)
    {
        if (length < expected)
            throw reader.Fail(length,
                $"the file ends; {expected - length} more bytes were expected for the rows that the header announces");
        if (length > expected)
            throw reader.Fail(expected, "the end of the file was expected; there are more bytes than the header announces");
    }
}
