namespace NativeOpt.Backends.Managed;

/// <summary>A strided view of a matrix operand: element (i, j) is data[i * rowStride + j * columnStride].</summary>
internal readonly unsafe struct GemmOperand<T>(T* data, long rowStride, long columnStride) where T : unmanaged
{
    public readonly T* Data = data;
    public readonly long RowStride = rowStride;
    public readonly long ColumnStride = columnStride;

    /// <summary>The view that starts at (row, column).</summary>
    public GemmOperand<T> From(long row, long column) => new(Data + row * RowStride + column * ColumnStride, RowStride, ColumnStride);

    /// <summary>Rows become columns.</summary>
    public GemmOperand<T> Transpose() => new(Data, ColumnStride, RowStride);
}

/// <summary>
/// Copies operands into the order in which the micro-kernel reads them: panels of a fixed width, one line of the panel for each
/// k. The last panel is filled up with zeros.
/// </summary>
internal static unsafe class GemmPacking
{
    /// <summary>
    /// Packs <paramref name="lines"/> lines of <paramref name="count"/> elements: panel p holds, for each line in turn, elements
    /// p * width .. p * width + width - 1. Lines are rows of <paramref name="source"/>.
    /// </summary>
    public static void Pack<T>(in GemmOperand<T> source, long lines, long count, int width, T* panels) where T : unmanaged
    {
        for (long first = 0; first < count; first += width)
        {
            int used = (int)Math.Min(width, count - first);
            GemmOperand<T> part = source.From(0, first);
            if (used < width)
                PackPartial(part, lines, used, width, panels);
            else if (part.ColumnStride == 1)
                PackRows(part, lines, width, panels);
            else
                PackColumns(part, lines, width, panels);
            panels += lines * width;
        }
    }

    private static void PackRows<T>(in GemmOperand<T> source, long lines, int width, T* panel) where T : unmanaged
    {
        T* from = source.Data;
        for (long line = 0; line < lines; line++, from += source.RowStride, panel += width)
            for (int i = 0; i < width; i++)
                panel[i] = from[i];
    }

    /// <summary>The source is contiguous along the lines: it is read that way and written with a stride.</summary>
    private static void PackColumns<T>(in GemmOperand<T> source, long lines, int width, T* panel) where T : unmanaged
    {
        for (int i = 0; i < width; i++)
        {
            T* from = source.Data + i * source.ColumnStride;
            for (long line = 0; line < lines; line++)
                panel[line * width + i] = from[line * source.RowStride];
        }
    }

    private static void PackPartial<T>(in GemmOperand<T> source, long lines, int used, int width, T* panel) where T : unmanaged
    {
        T* from = source.Data;
        for (long line = 0; line < lines; line++, from += source.RowStride, panel += width)
            for (int i = 0; i < width; i++)
                panel[i] = i < used ? from[i * source.ColumnStride] : default;
    }
}
