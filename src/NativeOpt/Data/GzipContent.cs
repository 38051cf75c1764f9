using System.Buffers.Binary;
using System.IO.Compression;

namespace NativeOpt.Data;

/// <summary>
/// What a gzip file holds, read to an end that is checked: where a file is cut off, .NET's stream may end as if nothing were missing,
/// so the length that the file's last four bytes tell is compared. Files of several parts, which tell the length of the last only, are
/// refused.
/// </summary>
internal sealed class GzipContent : Stream
{
    private readonly GZipStream _gzip;
    private readonly uint _announced;
    private long _count;

    /// <param name="file">Can seek; read from its position on and left open.</param>
    public GzipContent(Stream file)
    {
        long start = file.Position;
        Span<byte> end = stackalloc byte[sizeof(uint)];
        file.Position = Math.Max(start, file.Length - end.Length);
        file.ReadAtLeast(end, end.Length, throwOnEndOfStream: false);
        _announced = BinaryPrimitives.ReadUInt32LittleEndian(end);
        file.Position = start;
        _gzip = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _count; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int count = _gzip.Read(buffer);
        _count += count;
        if (count == 0 && buffer.Length > 0 && (uint)_count != _announced)
            throw new InvalidDataException(
                $"{_count} bytes could be read; the end of the file announces {_announced}: it is cut off or made of several parts");
        return count;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _gzip.Dispose();
        base.Dispose(disposing);
    }
}
