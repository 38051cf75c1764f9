using System.Text;

namespace NativeOpt.Tests.Callbacks;

/// <summary>A number that an event file has.</summary>
internal sealed record EventScalar(string Tag, float Value, long Step, double WallTime);

/// <summary>
/// Reads event files by the published formats (TFRecord, protocol buffers, CRC-32C bit by bit), without any code of the library.
/// </summary>
internal static class EventFileReader
{
    /// <summary>The numbers of all files of a folder, whose checksums are right and which begin with their version.</summary>
    public static IReadOnlyList<EventScalar> Read(string folder)
    {
        var scalars = new List<EventScalar>();
        foreach (string path in Directory.GetFiles(folder, "events.out.tfevents.*").Order(StringComparer.Ordinal))
            scalars.AddRange(ReadFile(File.ReadAllBytes(path)));
        return scalars;
    }

    /// <summary>The numbers of one file.</summary>
    /// <exception cref="InvalidDataException">It is not an event file, is cut off, or a checksum is wrong.</exception>
    public static IReadOnlyList<EventScalar> ReadFile(byte[] bytes)
    {
        var scalars = new List<EventScalar>();
        bool isFirst = true;
        for (int at = 0; at < bytes.Length; isFirst = false)
        {
            int length = (int)BitConverter.ToUInt64(bytes, at);
            Check(bytes.AsSpan(at, 8), BitConverter.ToUInt32(bytes, at + 8), "length");
            ReadOnlySpan<byte> message = bytes.AsSpan(at + 12, length);
            Check(message, BitConverter.ToUInt32(bytes, at + 12 + length), "message");
            ReadEvent(message, scalars, isFirst);
            at += 16 + length;
        }
        return scalars;
    }

    private static void Check(ReadOnlySpan<byte> bytes, uint expected, string what)
    {
        // Polynomial of Castagnoli, reflected.
        uint crc = 0xFFFFFFFF;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
        }
        crc = ~crc;
        uint masked = ((crc >> 15) | (crc << 17)) + 0xA282EAD8;
        if (masked != expected)
            throw new InvalidDataException($"checksum of a {what} is wrong");
    }

    private static void ReadEvent(ReadOnlySpan<byte> message, List<EventScalar> scalars, bool isFirst)
    {
        double wallTime = 0;
        long step = 0;
        string? version = null;
        int count = scalars.Count;
        foreach ((int field, byte[] content) in Fields(message))
        {
            if (field == 1)
                wallTime = BitConverter.ToDouble(content);
            else if (field == 2)
                step = BitConverter.ToInt64(content);
            else if (field == 3)
                version = Encoding.UTF8.GetString(content);
            else if (field == 5)
                ReadSummary(content, scalars);
            else
                throw new InvalidDataException($"field {field} of an event");
        }
        if (isFirst != (version == "brain.Event:2"))
            throw new InvalidDataException($"version '{version}'");
        for (int i = count; i < scalars.Count; i++)
            scalars[i] = scalars[i] with { Step = step, WallTime = wallTime };
    }

    private static void ReadSummary(byte[] summary, List<EventScalar> scalars)
    {
        foreach ((_, byte[] value) in Fields(summary))
        {
            string tag = "";
            float number = float.NaN;
            foreach ((int field, byte[] content) in Fields(value))
            {
                if (field == 1)
                    tag = Encoding.UTF8.GetString(content);
                else if (field == 2)
                    number = BitConverter.ToSingle(content);
            }
            scalars.Add(new EventScalar(tag, number, 0, 0));
        }
    }

    // The fields of a message; the content of a varint as 8 bytes.
    private static List<(int Field, byte[] Content)> Fields(ReadOnlySpan<byte> message)
    {
        var fields = new List<(int, byte[])>();
        int at = 0;
        while (at < message.Length)
        {
            ulong key = Varint(message, ref at);
            byte[] content;
            if ((key & 7) == 0)
            {
                content = BitConverter.GetBytes(Varint(message, ref at));
            }
            else
            {
                int length = (key & 7) switch { 1 => 8, 5 => 4, 2 => (int)Varint(message, ref at), _ => throw new InvalidDataException() };
                content = message.Slice(at, length).ToArray();
                at += length;
            }
            fields.Add(((int)(key >> 3), content));
        }
        return fields;
    }

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
