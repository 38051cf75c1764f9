using NativeOpt.Data;

namespace NativeOpt;

/// <summary>
/// Pictures and labels in the binary format of CIFAR-10 (Krizhevsky 2009): records of 3073 bytes, a class number from 0 to 9, then 1024
/// red, 1024 green and 1024 blue values, each 32 rows of 32 pixels.
/// </summary>
public sealed class CifarFile
{
    /// <summary>Values of a picture: 3 colours, 32 rows, 32 columns.</summary>
    public const int PixelsPerPicture = 3 * 32 * 32;

    /// <summary>Bytes of a record.</summary>
    internal const int RecordSize = 1 + PixelsPerPicture;

    /// <summary>Classes there are.</summary>
    internal const int Classes = 10;

    private const float PixelScale = 1 / 255f;

    private CifarFile(byte[] labels, byte[] pixels) => (Labels, Pixels) = (labels, pixels);

    /// <summary>Number of pictures.</summary>
    public int Count => Labels.Length;

    /// <summary>A class number for each picture.</summary>
    public ReadOnlyMemory<byte> Labels { get; }

    /// <summary>[Count, 3, 32, 32].</summary>
    public ReadOnlyMemory<byte> Pixels { get; }

    /// <summary>Reads a file, or several as if they were one.</summary>
    /// <param name="paths">At least one.</param>
    /// <exception cref="FileNotFoundException">A file is not there.</exception>
    /// <exception cref="InvalidDataException">
    /// A file is not whole records, or has a label above 9; the message has path, record and position.
    /// </exception>
    public static CifarFile Read(params IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (paths.Count == 0)
            throw new ArgumentException("there is no path", nameof(paths));
        long count = paths.Sum(CountRecords);
        if (count * PixelsPerPicture > Array.MaxLength)
            throw new InvalidDataException(
                $"{paths[0]} and the others have {count} pictures; at most {Array.MaxLength / PixelsPerPicture} fit into memory at once");
        var labels = new byte[count];
        var pixels = new byte[count * PixelsPerPicture];
        int row = 0;
        foreach (string path in paths)
            row = ReadRecords(path, labels, pixels, row);
        return row == labels.Length
            ? new CifarFile(labels, pixels)
            : throw new InvalidDataException($"{paths[^1]}: the files became shorter while they were read");
    }

    /// <summary>Rows of 3072 numbers in [0, 1], colour by colour. The bytes stay bytes.</summary>
    public InMemoryDataset ToDataset() => new(new Features(Pixels, PixelScale, Count, PixelsPerPicture), new Targets(Labels));

    /// <summary>Records of a file, by its length.</summary>
    /// <exception cref="InvalidDataException">They are not whole.</exception>
    internal static long CountRecords(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        RegularFile.RequireContent(path);
        long length = new FileInfo(path).Length;
        return length % RecordSize == 0
            ? length / RecordSize
            : throw new InvalidDataException(
                $"{path} has {length} bytes; it must be whole records of {RecordSize}: {length / RecordSize} records leave "
                + $"{length % RecordSize}");
    }

    // The row after the last one.
    private static int ReadRecords(string path, byte[] labels, byte[] pixels, int row)
    {
        using FileStream file = File.OpenRead(path);
        var reader = new PositionedReader(file, path, compressed: false);
        long records = file.Length / RecordSize;
        for (long record = 0; record < records && row < labels.Length; record++, row++)
        {
            reader.ReadExactly(labels.AsSpan(row, 1), "the label of a record");
            if (labels[row] >= Classes)
                throw reader.Fail(reader.Position - 1, $"record {record} has label {labels[row]}; it must be below {Classes}");
            reader.ReadExactly(pixels.AsSpan(row * PixelsPerPicture, PixelsPerPicture), "the pixels of a record");
        }
        return row;
    }
}
