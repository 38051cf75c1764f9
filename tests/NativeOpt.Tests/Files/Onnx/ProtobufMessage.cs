using System.Buffers.Binary;
using System.Text;

namespace NativeOpt.Tests.Files.Onnx;

/// <summary>Reads the wire format of protocol buffers, knowing nothing of what the fields mean.</summary>
internal sealed class ProtobufMessage
{
    private readonly Dictionary<int, List<byte[]>> _fields = [];

    public ProtobufMessage(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            ulong tag = ReadVarint(ref bytes);
            byte[] value = (tag & 7) switch
            {
                0 => BitConverter.GetBytes(ReadVarint(ref bytes)),
                1 => Take(ref bytes, 8),
                2 => Take(ref bytes, (int)ReadVarint(ref bytes)),
                5 => Take(ref bytes, 4),
                _ => throw new InvalidDataException($"wire type {tag & 7}"),
            };
            int field = (int)(tag >> 3);
            if (!_fields.TryGetValue(field, out List<byte[]>? values))
                _fields[field] = values = [];
            values.Add(value);
        }
    }

    public long Whole(int field) => Wholes(field).Single();

    public long[] Wholes(int field) => [.. All(field).Select(value => BinaryPrimitives.ReadInt64LittleEndian(value))];

    public float Single(int field) => BinaryPrimitives.ReadSingleLittleEndian(All(field).Single());

    public string Text(int field) => Texts(field).Single();

    public string[] Texts(int field) => [.. All(field).Select(Encoding.UTF8.GetString)];

    public byte[] Bytes(int field) => All(field).Single();

    public ProtobufMessage Message(int field) => Messages(field).Single();

    public ProtobufMessage[] Messages(int field) => [.. All(field).Select(value => new ProtobufMessage(value))];

    public bool Has(int field) => _fields.ContainsKey(field);

    private List<byte[]> All(int field) => _fields.GetValueOrDefault(field, []);

    private static ulong ReadVarint(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = Take(ref bytes, 1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }

    private static byte[] Take(ref ReadOnlySpan<byte> bytes, int count)
    {
        byte[] taken = bytes[..count].ToArray();
        bytes = bytes[count..];
        return taken;
    }
}
