using System.Runtime.InteropServices;

namespace NativeOpt.Data;

/// <summary>Rows of numbers somewhere in the caller's memory, copied out as floats.</summary>
internal abstract class RowSource(int rows, int columns)
{
    public int Rows { get; } = rows;

    public int Columns { get; } = columns;

    /// <summary>Copies row <paramref name="row"/> into <paramref name="destination"/>, which has <see cref="Columns"/> elements.</summary>
    /// <param name="row">From 0.</param>
    /// <param name="destination">Room for the row.</param>
    /// <param name="pastCaches">Whether to store as <see cref="StreamedStores"/> does.</param>
    public abstract void CopyRow(int row, Span<float> destination, bool pastCaches = false);

    /// <summary>Copies rows, one after the other. Shuffled rows lie anywhere: their memory is asked for ahead of their turn.</summary>
    /// <param name="rows">Numbers of rows that are there.</param>
    /// <param name="destination">Room for all of them.</param>
    /// <param name="isShared">Whether several threads read the rows next.</param>
    public void CopyRows(ReadOnlySpan<int> rows, Span<float> destination, bool isShared)
    {
        const int Ahead = 4;
        bool pastCaches = isShared && destination.Length >= StreamedStores.Worthwhile;
        for (int i = 0; i < Math.Min(Ahead, rows.Length); i++)
            Prefetch(rows[i]);
        for (int i = 0; i < rows.Length; i++)
        {
            if (i + Ahead < rows.Length)
                Prefetch(rows[i + Ahead]);
            CopyRow(rows[i], destination.Slice(i * Columns, Columns), pastCaches);
        }
        if (pastCaches)
            StreamedStores.Finish();
    }

    /// <summary>Lets the processor fetch a row. Does nothing where there is no instruction for it.</summary>
    public abstract void Prefetch(int row);

    /// <summary>Copies numbers as they are.</summary>
    protected static void Copy(ReadOnlySpan<float> source, Span<float> destination, bool pastCaches)
    {
        if (pastCaches)
            StreamedStores.Copy(source, destination);
        else
            source.CopyTo(destination);
    }
}

/// <summary>The rows of a two-dimensional array.</summary>
internal sealed class ArrayRows(float[,] array) : RowSource(array.GetLength(0), array.GetLength(1))
{
    public override void CopyRow(int row, Span<float> destination, bool pastCaches) => Copy(Row(row), destination, pastCaches);

    public override void Prefetch(int row) => RowPrefetch.Fetch(MemoryMarshal.AsBytes(Row(row)));

    private ReadOnlySpan<float> Row(int row) => MemoryMarshal.CreateReadOnlySpan(ref array[row, 0], Columns);
}

/// <summary>Arrays of equal length.</summary>
internal sealed class JaggedRows(float[][] arrays, int columns) : RowSource(arrays.Length, columns)
{
    public override void CopyRow(int row, Span<float> destination, bool pastCaches) => Copy(Row(row), destination, pastCaches);

    public override void Prefetch(int row) => RowPrefetch.Fetch(MemoryMarshal.AsBytes(Row(row)));

    private ReadOnlySpan<float> Row(int row) => arrays[row].AsSpan(0, Columns);
}

/// <summary>Rows one after the other in a piece of memory.</summary>
internal sealed class MemoryRows(ReadOnlyMemory<float> memory, int rows, int columns) : RowSource(rows, columns)
{
    public override void CopyRow(int row, Span<float> destination, bool pastCaches) => Copy(Row(row), destination, pastCaches);

    public override void Prefetch(int row) => RowPrefetch.Fetch(MemoryMarshal.AsBytes(Row(row)));

    private ReadOnlySpan<float> Row(int row) => memory.Span.Slice(row * Columns, Columns);
}

/// <summary>Bytes, such as pixels; each is multiplied by a factor when it is copied.</summary>
internal sealed class ByteRows(ReadOnlyMemory<byte> memory, int rows, int columns, float scale) : RowSource(rows, columns)
{
    public override void CopyRow(int row, Span<float> destination, bool pastCaches) =>
        ByteScaling.Scale(Row(row), scale, destination, pastCaches);

    public override void Prefetch(int row) => RowPrefetch.Fetch(Row(row));

    private ReadOnlySpan<byte> Row(int row) => memory.Span.Slice(row * Columns, Columns);
}

/// <summary>Some of the rows of another source, in an order of their own.</summary>
internal sealed class SelectedRows(RowSource inner, int[] selected) : RowSource(selected.Length, inner.Columns)
{
    public override void CopyRow(int row, Span<float> destination, bool pastCaches) =>
        inner.CopyRow(selected[row], destination, pastCaches);

    public override void Prefetch(int row) => inner.Prefetch(selected[row]);
}
