using NativeOpt.Data;

namespace NativeOpt.Training;

/// <summary>
/// Which rows each step of a training takes: one pass over the rows after the other, each in an order of its own where they are
/// shuffled. The order of a pass depends on seed and pass alone, so that a training can begin anywhere.
/// </summary>
/// <param name="range">The rows.</param>
/// <param name="batchSize">Rows of a step; the last of a pass may have fewer.</param>
/// <param name="seed">Key of the orders, or null: the rows stay as they are.</param>
internal sealed class BatchOrder(RowRange range, int batchSize, ulong? seed)
{
    private readonly int[] _rows = new int[range.Count];
    private readonly int _batches = BatchesPerPass(range.Count, batchSize);
    private long _pass = -1;

    /// <summary>Steps of a pass over so many rows.</summary>
    public static int BatchesPerPass(int rows, int batchSize) => 1 + (rows - 1) / batchSize;

    /// <summary>The rows of a step, counted over all passes from 0. Allocates nothing.</summary>
    public ReadOnlySpan<int> RowsOf(long step)
    {
        (long pass, long batch) = Math.DivRem(step, _batches);
        if (pass != _pass)
            Arrange(pass);
        int first = (int)batch * batchSize;
        return _rows.AsSpan(first, Math.Min(batchSize, _rows.Length - first));
    }

    private void Arrange(long pass)
    {
        RowOrder.Fill(_rows, range.First);
        if (seed is { } key)
            RowOrder.Shuffle(_rows, range.Data, key, pass);
        _pass = pass;
    }
}
