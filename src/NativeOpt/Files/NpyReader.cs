using System.Buffers.Binary;
using System.Text;
using NativeOpt.Data;

namespace NativeOpt.Files;

/// <summary>Reads arrays in NumPy's .npy format from a stream, front to back.</summary>
internal sealed class NpyReader(Stream stream, long length, string name)
{
    // NumPy's own limit is 10,000 characters; what is longer describes records.
    private const int MaxHeader = 1 << 16;

    private readonly PositionedReader _reader = new(stream, name, compressed: false);

    /// <summary>The first bytes of a file.</summary>
    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads the array and checks that nothing comes after it.</summary>
    /// <param name="tensorName">What it is called.</param>
    /// <exception cref="InvalidDataException">It is not what it should be.</exception>
    public StoredTensor Read(string tensorName)
    {
        NpyHeader header = ReadHeader();
        long bytes = header.ItemBytes;
        foreach (int size in header.Shape)
        {
            // Both factors are below 2^31, and the product is checked before the next one.
            bytes *= size;
            if (bytes > Math.Min(length, Array.MaxLength))
                throw _reader.Fail(_reader.Position,
                    $"the header announces shape [{string.Join(", ", header.Shape)}]; a file of this length holds less");
        }
        byte[] data = new byte[bytes];
        _reader.ReadExactly(data, $"the elements of shape [{string.Join(", ", header.Shape)}]");
        _reader.ExpectEnd();
        if (header.IsBigEndian)
            for (int i = 0; i < data.Length; i += header.ItemBytes)
                data.AsSpan(i, header.ItemBytes).Reverse();
        return new StoredTensor(
            tensorName, header.Type, header.Shape, header.IsFortran ? ToRowMajor(data, header.Shape, header.ItemBytes) : data);
    }

    private NpyHeader ReadHeader()
    {
        Span<byte> start = stackalloc byte[8];
        _reader.ReadExactly(start, "the first bytes of an .npy file");
        if (!start.StartsWith(Magic))
            throw _reader.Fail(0, "the first bytes are not those of an .npy file");
        int version = start[6];
        if (version is < 1 or > 3)
            throw _reader.Fail(6, $"the file has version {version} of the format; 1 to 3 can be read");
        Span<byte> size = stackalloc byte[version == 1 ? sizeof(ushort) : sizeof(uint)];
        _reader.ReadExactly(size, "the length of the header");
        long headerBytes = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(size) : BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (headerBytes > MaxHeader)
            throw _reader.Fail(start.Length, $"the header has {headerBytes} bytes by its length; at most {MaxHeader} can be read");
        long position = _reader.Position;
        byte[] text = new byte[headerBytes];
        _reader.ReadExactly(text, "the header");
        return NpyHeader.Parse((version == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(text))
            ?? throw _reader.Fail(position, $"the header does not describe an array of numbers: {Shown(text)}");
    }

    /// <summary>The beginning of a header; what is not printable becomes a full stop.</summary>
    private static string Shown(ReadOnlySpan<byte> header) =>
        string.Concat(Encoding.Latin1.GetString(header[..Math.Min(header.Length, 100)]).Select(c => c is >= ' ' and <= '~' ? c : '.'))
            .TrimEnd();

    /// <summary>The same elements, the last index fastest instead of the first.</summary>
    private static byte[] ToRowMajor(byte[] data, int[] shape, int itemBytes)
    {
        byte[] result = new byte[data.Length];
        int[] index = new int[shape.Length];
        for (int to = 0; to < data.Length; to += itemBytes)
        {
            long from = 0;
            for (int axis = shape.Length - 1; axis >= 0; axis--)
                from = from * shape[axis] + index[axis];
            data.AsSpan((int)from * itemBytes, itemBytes).CopyTo(result.AsSpan(to));
            for (int axis = shape.Length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--)
                index[axis] = 0;
        }
        return result;
    }
}
