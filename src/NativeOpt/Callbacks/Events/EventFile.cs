using System.Buffers.Binary;
using System.Globalization;

namespace NativeOpt.Events;

/// <summary>
/// An event file of TensorBoard: records of TensorFlow's TFRecord format, each a length and a message with a checksum each.
/// </summary>
/// <remarks>
/// uint64 length, uint32 masked CRC of those 8 bytes, the message, uint32 masked CRC of it; all little endian. The format is in
/// https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/lib/io/record_writer.h.
/// </remarks>
internal sealed class EventFile : IDisposable
{
    private static int _count;

    private readonly FileStream _stream;
    private readonly EventMessage _message = new();

    private EventFile(string folder)
    {
        Directory.CreateDirectory(folder);
        long seconds = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        string name = string.Create(CultureInfo.InvariantCulture,
            $"events.out.tfevents.{seconds:D10}.{Environment.MachineName}.{Environment.ProcessId}.{Interlocked.Increment(ref _count)}.v2");
        _stream = new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        _message.BeginFile();
        Append();
    }

    /// <summary>Begins a new file in a folder, which is made where it is not there.</summary>
    public static EventFile Begin(string folder) => new(folder);

    /// <summary>Adds a number to a curve.</summary>
    public void Add(string tag, double value, long step)
    {
        _message.BeginScalar(tag, (float)value, step);
        Append();
    }

    /// <summary>Lets readers see all of it.</summary>
    public void Flush() => _stream.Flush();

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private void Append()
    {
        ReadOnlySpan<byte> message = _message.Written;
        Span<byte> head = stackalloc byte[12], tail = stackalloc byte[4];
        BinaryPrimitives.WriteUInt64LittleEndian(head, (ulong)message.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], MaskedCrc.Of(head[..8]));
        BinaryPrimitives.WriteUInt32LittleEndian(tail, MaskedCrc.Of(message));
        _stream.Write(head);
        _stream.Write(message);
        _stream.Write(tail);
    }
}
