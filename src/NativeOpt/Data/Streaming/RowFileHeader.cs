using System.Buffers.Binary;

namespace NativeOpt.Data.Streaming;

/// <summary>The first 64 bytes of a row file, little-endian: magic, version, columns, rows, zeros.</summary>
internal sealed record RowFileHeader(int InputColumns, int TargetColumns, long Rows)
{
    public const int Size = 64;

    private const uint Version = 1;

    private static ReadOnlySpan<byte> Magic => "NOPTROWS"u8;

    public byte[] Write()
    {
        var bytes = new byte[Size];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), InputColumns);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), TargetColumns);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), Rows);
        return bytes;
    }

    /// <exception cref="InvalidDataException">These bytes are no such header.</exception>
    public static RowFileHeader Read(PositionedReader reader)
    {
        Span<byte> bytes = stackalloc byte[Size];
        reader.ReadExactly(bytes, "the header of a row file");
        if (!bytes.StartsWith(Magic))
            throw reader.Fail(0, "expected the letters NOPTROWS: this is no row file");
        uint version = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        if (version != Version)
            throw reader.Fail(8, $"the version is {version}; this library reads version {Version}");
        var header = new RowFileHeader(
            BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]));
        // A row must be addressable, so that its length in bytes is an int.
        if (header.InputColumns < 1 || header.TargetColumns < 0 || (long)header.InputColumns + header.TargetColumns > Array.MaxLength / 8)
            throw reader.Fail(12,
                $"there are {header.InputColumns} inputs and {header.TargetColumns} targets; there must be 1 and 0 at least");
        if (header.Rows < 1)
            throw reader.Fail(24, $"there are {header.Rows} rows; there must be 1 at least: perhaps the file was not completed");
        return header;
    }
}
