using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace NativeOpt.Events;

/// <summary>
/// The two messages that an event file of scalars needs, in the encoding of protocol buffers: the first of a file, and a number.
/// </summary>
/// <remarks>
/// Event: double wall_time = 1; int64 step = 2; string file_version = 3; Summary summary = 5. Summary: repeated Value value = 1.
/// Value: string tag = 1; float simple_value = 2.
/// </remarks>
internal sealed class EventMessage
{
    private const int Varint = 0, Fixed64 = 1, Delimited = 2, Fixed32 = 5;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>The message begun last.</summary>
    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    /// <summary>The message that tells the version of the file.</summary>
    public void BeginFile()
    {
        BeginEvent();
        ReadOnlySpan<byte> version = "brain.Event:2"u8;
        WriteKey(3, Delimited);
        WriteVarint((ulong)version.Length);
        _bytes.Write(version);
    }

    /// <summary>A point of a curve.</summary>
    public void BeginScalar(string tag, float value, long step)
    {
        BeginEvent();
        WriteKey(2, Varint);
        WriteVarint((ulong)step);
        int tagLength = Encoding.UTF8.GetByteCount(tag);
        int valueLength = 1 + LengthOfVarint((ulong)tagLength) + tagLength + 1 + sizeof(float);
        WriteKey(5, Delimited);
        WriteVarint((ulong)(1 + LengthOfVarint((ulong)valueLength) + valueLength));
        WriteKey(1, Delimited);
        WriteVarint((ulong)valueLength);
        WriteKey(1, Delimited);
        WriteVarint((ulong)tagLength);
        Encoding.UTF8.GetBytes(tag, _bytes);
        WriteKey(2, Fixed32);
        BinaryPrimitives.WriteSingleLittleEndian(_bytes.GetSpan(sizeof(float)), value);
        _bytes.Advance(sizeof(float));
    }

    private void BeginEvent()
    {
        _bytes.ResetWrittenCount();
        WriteKey(1, Fixed64);
        double seconds = (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds;
        BinaryPrimitives.WriteDoubleLittleEndian(_bytes.GetSpan(sizeof(double)), seconds);
        _bytes.Advance(sizeof(double));
    }

    private void WriteKey(int field, int type) => WriteVarint((ulong)(field << 3 | type));

    // Seven bits a byte, the lowest first; the eighth says that more follow.
    private void WriteVarint(ulong value)
    {
        Span<byte> bytes = _bytes.GetSpan(10);
        int length = 0;
        for (; value >= 0x80; value >>= 7)
            bytes[length++] = (byte)(value | 0x80);
        bytes[length++] = (byte)value;
        _bytes.Advance(length);
    }

    private static int LengthOfVarint(ulong value)
    {
        int length = 1;
        for (; value >= 0x80; value >>= 7)
            length++;
        return length;
    }
}
