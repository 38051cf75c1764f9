using System.Buffers.Binary;
using System.IO.Compression;
using NativeOpt.Data;

namespace NativeOpt;

/// <summary>
/// Unsigned bytes with a shape in the IDX format of the MNIST family: two zero bytes, the element type, the number of
/// dimensions, each dimension as a big-endian 32-bit integer, the elements in row-major order. Files may be compressed (gzip).
/// </summary>
public sealed class IdxFile
{
    private const string Magic = "the first four bytes of an IDX file";
    private const byte UnsignedByte = 0x08;
    private const int MaxDimensions = 8;

    // Deflate cannot do better than 1032:1, so the length of a compressed file bounds what it can hold.
    private const long MaxCompression = 1032;

    private IdxFile(int[] shape, byte[] data) => (Shape, Data) = (shape, data);

    /// <summary>Sizes of the dimensions, the slowest first: [60000, 28, 28].</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The elements in row-major order.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>Reads a file, compressed or not.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is not of this format, ends too early or goes on too long, or is a pipe or a device; the message has the path, the
    /// position and what was expected there.
    /// </exception>
    public static IdxFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (RegularFile.IsEmpty(path))
            throw new InvalidDataException(
                $"{path}: at byte 0: the file ends; 4 more bytes were expected for {Magic}: it is empty, or a pipe or a device");
        using FileStream file = File.OpenRead(path);
        return Read(file, path);
    }

    /// <summary>Reads a stream that can seek; <paramref name="name"/> stands for the path in messages.</summary>
    internal static IdxFile Read(Stream file, string name)
    {
        bool compressed = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        if (!compressed)
            return ReadContent(new PositionedReader(file, name, compressed), file.Length);
        using var gzip = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
        return ReadContent(new PositionedReader(gzip, name, compressed), checked(file.Length * MaxCompression));
    }

    private static IdxFile ReadContent(PositionedReader reader, long capacity)
    {
        int[] shape = ReadHeader(reader, Math.Min(capacity, Array.MaxLength));
        var data = new byte[shape.Aggregate(1, (product, size) => product * size)];
        reader.ReadExactly(data, $"the {data.Length} elements of shape [{string.Join(", ", shape)}]");
        reader.ExpectEnd();
        return new IdxFile(shape, data);
    }

    /// <summary>Reads the shape; the elements follow.</summary>
    /// <param name="reader">At the beginning of the content.</param>
    /// <param name="limit">Elements there can be.</param>
    internal static int[] ReadHeader(PositionedReader reader, long limit)
    {
        Span<byte> magic = stackalloc byte[4];
        reader.ReadExactly(magic, Magic);
        if (magic[0] != 0 || magic[1] != 0)
            throw reader.Fail(0, $"expected two zero bytes, found 0x{magic[0]:x2} 0x{magic[1]:x2}: this is no IDX file");
        if (magic[2] != UnsignedByte)
            throw reader.Fail(2, $"expected element type 0x{UnsignedByte:x2} (unsigned bytes), found 0x{magic[2]:x2}");
        if (magic[3] is 0 or > MaxDimensions)
            throw reader.Fail(3, $"expected 1 to {MaxDimensions} dimensions, found {magic[3]}");
        return ReadShape(reader, magic[3], limit);
    }

    // The header is not trusted: no more is allocated than a file of this length can hold.
    private static int[] ReadShape(PositionedReader reader, int dimensionCount, long limit)
    {
        var shape = new int[dimensionCount];
        Int128 elements = 1;
        Span<byte> size = stackalloc byte[4];
        for (int i = 0; i < shape.Length; i++)
        {
            long position = reader.Position;
            reader.ReadExactly(size, $"the size of dimension {i}");
            shape[i] = BinaryPrimitives.ReadInt32BigEndian(size);
            if (shape[i] < 1)
                throw reader.Fail(position, $"expected a size from 1 to {int.MaxValue} for dimension {i}, found {(uint)shape[i]}");
            // The product is checked before the next factor: it is a length times a 32-bit number at most.
            elements *= shape[i];
            if (elements > limit)
                throw reader.Fail(
                    position, $"the header announces at least {elements} elements; a file of this length holds at most {limit}");
        }
        return shape;
    }
}
