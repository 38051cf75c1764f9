using System.Runtime.CompilerServices;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Checks;

/// <summary>
/// The buffers of one operation, gathered and then compared in pairs: an output may share memory with no other buffer. It lives
/// on the stack, because a step allocates nothing.
/// </summary>
internal unsafe struct BufferList
{
    private const int Capacity = 32;

    private Slots _buffers;
    private int _count;

    /// <summary>Rows of bytes at equal distances.</summary>
    private struct Buffer
    {
        public string Name;
        public int Index;
        public byte* Data;
        public long RowBytes;
        public long StrideBytes;
        public long Rows;
        public bool IsOutput;
    }

    [InlineArray(Capacity)]
    private struct Slots
    {
        private Buffer _first;
    }

    public void AddInput(string name, in NoptMatrix matrix) => Add(name, matrix, isOutput: false);

    public void AddOutput(string name, in NoptMatrix matrix) => Add(name, matrix, isOutput: true);

    public void AddInput(string name, void* data, long bytes) => Push(name, -1, (byte*)data, bytes, bytes, 1, isOutput: false);

    public void AddOutput(string name, void* data, long bytes) => Push(name, -1, (byte*)data, bytes, bytes, 1, isOutput: true);

    /// <summary>Element <paramref name="index"/> of a list of arrays: "slots[1]".</summary>
    public void AddOutputElement(string name, int index, void* data, long bytes) =>
        Push(name, index, (byte*)data, bytes, bytes, 1, isOutput: true);

    /// <summary>Fails for the first pair that overlaps.</summary>
    public readonly void Check(in OpSite site)
    {
        for (int i = 0; i < _count; i++)
            for (int j = 0; j < i; j++)
            {
                ref readonly Buffer a = ref _buffers[i];
                ref readonly Buffer b = ref _buffers[j];
                if ((a.IsOutput || b.IsOutput) && Overlap(a, b))
                    site.Fail($"{Place(a)}, shares memory with {Place(b)}");
            }
    }

    private void Add(string name, in NoptMatrix matrix, bool isOutput)
    {
        int size = MatrixCheck.DtypeSize(matrix.Dtype);
        Push(name, -1, (byte*)matrix.Data, matrix.Columns * size, matrix.Stride * size, matrix.Rows, isOutput);
    }

    private void Push(string name, int index, byte* data, long rowBytes, long strideBytes, long rows, bool isOutput)
    {
        if (data == null || rowBytes == 0)
            return;
        _buffers[_count++] = new Buffer
        {
            Name = name,
            Index = index,
            Data = data,
            RowBytes = rowBytes,
            StrideBytes = strideBytes,
            Rows = rows,
            IsOutput = isOutput,
        };
    }

    /// <summary>
    /// Matrices with the same stride may interleave, as two ranges of columns of one larger matrix do: they are apart if the rows
    /// of one fit between the rows of the other.
    /// </summary>
    private static bool Overlap(in Buffer a, in Buffer b)
    {
        if (b.Data < a.Data)
            return Overlap(b, a);
        long distance = b.Data - a.Data;
        if (distance >= (a.Rows - 1) * a.StrideBytes + a.RowBytes)
            return false;
        if (a.Rows == 1 || a.StrideBytes != b.StrideBytes)
            return true;
        long column = distance % a.StrideBytes;
        return column < a.RowBytes || column + b.RowBytes > a.StrideBytes;
    }

    private static string Place(in Buffer buffer) =>
        $"{buffer.Name}{(buffer.Index < 0 ? "" : $"[{buffer.Index}]")}, at 0x{(nuint)buffer.Data:x}";
}
