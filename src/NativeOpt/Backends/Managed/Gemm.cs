using System.Numerics;

namespace NativeOpt.Backends.Managed;

/// <summary>
/// c = a b or c += a b: cache blocking around <see cref="GemmKernel{T}"/> (Goto and van de Geijn, "Anatomy of high-performance
/// matrix multiplication", 2008). Blocks of k are added in ascending order at fixed edges.
/// </summary>
internal static unsafe class Gemm
{
    /// <summary>Lines of a packed block: a tile's panels of a and b stay in the first-level cache.</summary>
    private const int DepthBlock = 256;

    /// <summary>Rows of a that are packed at a time: they stay in the second-level cache.</summary>
    private const int RowBlock = 128;

    /// <summary>Columns of b that are packed at a time.</summary>
    private const int ColumnBlock = 1024;

    /// <summary>Multiplies; c is [rows, columns] with <paramref name="stride"/>, a is [rows, depth], b is [depth, columns].</summary>
    public static void Run<T>(in GemmOperand<T> a, in GemmOperand<T> b, T* c, long stride, long rows, long columns, long depth,
        bool accumulate, Scratch scratch) where T : unmanaged
    {
        int tileColumns = GemmKernel<T>.Columns;
        T* packedA = scratch.Get<T>(Scratch.Purpose.PackedA, RowBlock * DepthBlock);
        T* packedB = scratch.Get<T>(Scratch.Purpose.PackedB, RoundUp(Math.Min(columns, ColumnBlock), tileColumns) * DepthBlock);
        for (long j = 0; j < columns; j += ColumnBlock)
        {
            long blockColumns = Math.Min(ColumnBlock, columns - j);
            for (long k = 0; k < depth; k += DepthBlock)
            {
                long blockDepth = Math.Min(DepthBlock, depth - k);
                GemmPacking.Pack(b.From(k, j), blockDepth, blockColumns, tileColumns, packedB);
                for (long i = 0; i < rows; i += RowBlock)
                {
                    long blockRows = Math.Min(RowBlock, rows - i);
                    GemmPacking.Pack(a.From(i, k).Transpose(), blockDepth, blockRows, GemmKernel<T>.Rows, packedA);
                    RunBlock(packedA, packedB, c + i * stride + j, stride, blockRows, blockColumns, blockDepth, accumulate || k > 0);
                }
            }
        }
    }

    private static void RunBlock<T>(T* a, T* b, T* c, long stride, long rows, long columns, long depth, bool accumulate)
        where T : unmanaged
    {
        const int tileRows = GemmKernel<T>.Rows;
        int tileColumns = GemmKernel<T>.Columns;
        for (long j = 0; j < columns; j += tileColumns, b += depth * tileColumns)
        {
            T* panel = a;
            for (long i = 0; i < rows; i += tileRows, panel += depth * tileRows)
            {
                T* tile = c + i * stride + j;
                if (rows - i >= tileRows && columns - j >= tileColumns)
                    GemmKernel<T>.Run(panel, b, depth, tile, stride, accumulate);
                else
                    RunEdge(panel, b, depth, tile, stride, Math.Min(tileRows, rows - i), Math.Min(tileColumns, columns - j), accumulate);
            }
        }
    }

    /// <summary>A tile that sticks out of the matrix: computed whole beside it, then the part that belongs there is taken over.</summary>
    private static void RunEdge<T>(T* a, T* b, long depth, T* c, long stride, long rows, long columns, bool accumulate)
        where T : unmanaged
    {
        int tileColumns = GemmKernel<T>.Columns;
        T* tile = stackalloc T[GemmKernel<T>.Rows * tileColumns];
        for (long i = 0; accumulate && i < rows; i++)
            new ReadOnlySpan<T>(c + i * stride, (int)columns).CopyTo(new Span<T>(tile + i * tileColumns, tileColumns));
        GemmKernel<T>.Run(a, b, depth, tile, tileColumns, accumulate);
        for (long i = 0; i < rows; i++)
            new ReadOnlySpan<T>(tile + i * tileColumns, (int)columns).CopyTo(new Span<T>(c + i * stride, (int)columns));
    }

    private static long RoundUp(long value, int multiple) => (value + multiple - 1) / multiple * multiple;
}
