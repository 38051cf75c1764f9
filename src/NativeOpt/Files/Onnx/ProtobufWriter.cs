using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace NativeOpt.Files;

/// <summary>
/// Writes a message in the wire format of protocol buffers: fields of a number and a value (https://protobuf.dev/programming-guides/encoding).
/// </summary>
internal sealed class ProtobufWriter
{
    // How the value of a field is encoded, in the lower three bits of its tag.
    private const int Varint = 0, LengthDelimited = 2, Fixed32 = 5;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>A whole number.</summary>
    public void Write(int field, long value)
    {
        WriteTag(field, Varint);
        WriteVarint((ulong)value);
    }

    /// <summary>A number in single precision.</summary>
    public void Write(int field, float value)
    {
        WriteTag(field, Fixed32);
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        _bytes.Write(bytes);
    }

    /// <summary>A text.</summary>
    public void Write(int field, string text) => Write(field, Encoding.UTF8.GetBytes(text));

    /// <summary>Bytes.</summary>
    public void Write(int field, ReadOnlySpan<byte> bytes)
    {
        WriteTag(field, LengthDelimited);
        WriteVarint((ulong)bytes.Length);
        _bytes.Write(bytes);
    }

    /// <summary>A message within the message.</summary>
    public void Write(int field, Action<ProtobufWriter> write)
    {
        var inner = new ProtobufWriter();
        write(inner);
        Write(field, inner._bytes.WrittenSpan);
    }

    /// <summary>Copies what has been written.</summary>
    public void CopyTo(Stream stream) => stream.Write(_bytes.WrittenSpan);

    private void WriteTag(int field, int encoding) => WriteVarint((ulong)(field << 3 | encoding));

    // Seven bits a byte, the lowest first; the highest bit of a byte says that another one follows.
    private void WriteVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _bytes.Write([(byte)(value | 0x80)]);
        _bytes.Write([(byte)value]);
    }
}
