using System.IO.MemoryMappedFiles;

namespace NativeOpt.Data.Streaming;

/// <summary>
/// Rows of equal length in a file, of which only some blocks are mapped into memory at a time: those that were used last. A block that
/// is not mapped takes no memory of this process, whatever the file's length.
/// </summary>
internal sealed unsafe class MappedRows : IDisposable
{
    private readonly string _path;
    private readonly FileStream _file;
    private readonly MemoryMappedFile _map;
    private readonly RowPlaces _places;
    private readonly Window[] _windows;
    private readonly int[] _blocks;
    private long _uses;
    private bool _closed;

    /// <summary>Opens a file. Nothing is mapped yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="places">Where the rows are; they are within the file.</param>
    /// <param name="windowCount">Blocks that are mapped at a time.</param>
    public MappedRows(string path, RowPlaces places, int windowCount)
    {
        (_path, _places) = (path, places);
        _windows = new Window[windowCount];
        _blocks = new int[windowCount];
        Array.Fill(_blocks, -1);
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            _map = MemoryMappedFile.CreateFromFile(
                _file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Blocks that are mapped.</summary>
    public int MappedBlocks => _blocks.Count(block => block >= 0);

    /// <summary>The bytes of a row, until another one is asked for.</summary>
    /// <exception cref="IOException">The file has become shorter.</exception>
    public ReadOnlySpan<byte> this[int row]
    {
        get
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            int block = row / _places.BlockRows;
            int slot = _blocks.AsSpan().IndexOf(block);
            if (slot < 0)
                slot = Map(block);
            _windows[slot].LastUse = ++_uses;
            long start = (long)(row - block * _places.BlockRows) * _places.RowBytes;
            return new ReadOnlySpan<byte>(_windows[slot].Start + start, _places.RowBytes);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed = true;
        for (int slot = 0; slot < _windows.Length; slot++)
            Unmap(slot);
        _map.Dispose();
        _file.Dispose();
    }

    private int Map(int block)
    {
        int slot = 0;
        for (int i = 1; i < _windows.Length; i++)
            if (_windows[i].LastUse < _windows[slot].LastUse)
                slot = i;
        Unmap(slot);
        (long offset, long length) = _places.BytesOf(block);
        // Reading mapped memory beyond the end of a file ends the process: better to look again.
        if (RandomAccess.GetLength(_file.SafeFileHandle) < offset + length)
            throw new IOException($"{_path} has become shorter while it is open: block {block} ends at byte {offset + length}");
        MemoryMappedViewAccessor view = _map.CreateViewAccessor(offset, length, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _windows[slot] = new Window { View = view, Start = start + view.PointerOffset };
        _blocks[slot] = block;
        ReadAhead(_windows[slot].Start, length);
        return slot;
    }

    // Rows are asked for in random order. Pages that are touched in order are read in large pieces, which disks do many times as fast.
    private static void ReadAhead(byte* start, long length)
    {
        for (long i = 0; i < length; i += Environment.SystemPageSize)
            Volatile.Read(ref start[i]);
    }

    private void Unmap(int slot)
    {
        if (_windows[slot].View is not { } view)
            return;
        _blocks[slot] = -1;
        _windows[slot] = default;
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
    }

    private struct Window
    {
        public MemoryMappedViewAccessor? View;
        public byte* Start;
        public long LastUse;
    }
}
