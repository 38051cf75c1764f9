using System.Runtime.InteropServices;

namespace NativeOpt.Data;

/// <summary>Rows of numbers somewhere in the caller's memory, copied out one at a time as floats.</summary>
internal abstract class RowSource(int rows, int columns)
{
    public int Rows { get; } = rows;

    public int Columns { get; } = columns;

    /// <summary>Copies row <paramref name="row"/> into <paramref name="destination"/>, which has <see cref="Columns"/> elements.</summary>
    public abstract void CopyRow(int row, Span<float> destination);
}

/// <summary>The rows of a two-dimensional array.</summary>
internal sealed class ArrayRows(float[,] array) : RowSource(array.GetLength(0), array.GetLength(1))
{
    public override void CopyRow(int row, Span<float> destination) =>
        MemoryMarshal.CreateReadOnlySpan(ref array[row, 0], Columns).CopyTo(destination);
}

/// <summary>Arrays of equal length.</summary>
internal sealed class JaggedRows(float[][] arrays, int columns) : RowSource(arrays.Length, columns)
{
    public override void CopyRow(int row, Span<float> destination) => arrays[row].AsSpan(0, Columns).CopyTo(destination);
}

/// <summary>Rows one after the other in a piece of memory.</summary>
internal sealed class MemoryRows(ReadOnlyMemory<float> memory, int rows, int columns) : RowSource(rows, columns)
{
    public override void CopyRow(int row, Span<float> destination) =>
        memory.Span.Slice(row * Columns, Columns).CopyTo(destination);
}

/// <summary>Bytes, such as pixels; each is multiplied by a factor when it is copied.</summary>
internal sealed class ByteRows(ReadOnlyMemory<byte> memory, int rows, int columns, float scale) : RowSource(rows, columns)
{
    public override void CopyRow(int row, Span<float> destination) =>
        ByteScaling.Scale(memory.Span.Slice(row * Columns, Columns), scale, destination);
}

/// <summary>Some of the rows of another source, in an order of their own.</summary>
internal sealed class SelectedRows(RowSource inner, int[] selected) : RowSource(selected.Length, inner.Columns)
{
    public override void CopyRow(int row, Span<float> destination) => inner.CopyRow(selected[row], destination);
}
