using System.Buffers;
using NativeOpt.Backends.Managed;
using NativeOpt.Initializers;

namespace NativeOpt.Data;

/// <summary>The order in which an epoch visits the rows.</summary>
internal static class RowOrder
{
    // The random words of the order of blocks are far behind those of rows.
    private const ulong BlockPlaces = 1UL << 40;

    /// <summary>first, first + 1, first + 2, ...</summary>
    public static void Fill(Span<int> rows, int first)
    {
        for (int i = 0; i < rows.Length; i++)
            rows[i] = first + i;
    }

    /// <summary>Shuffles the rows of an epoch: each order is equally likely.</summary>
    public static void Shuffle(Span<int> rows, ulong seed, long epoch) => Shuffle(rows, seed, RandomStreams.Shuffle(epoch), 0);

    /// <summary>
    /// Shuffles the rows of an epoch, which are consecutive and in order. Of a data set with blocks, first the blocks are shuffled, then
    /// the rows of <see cref="Dataset.MixedBlocks"/> of them at a time.
    /// </summary>
    public static void Shuffle(Span<int> rows, Dataset data, ulong seed, long epoch)
    {
        int blockRows = data.BlockRows;
        if (blockRows < 1 || blockRows >= rows.Length)
        {
            Shuffle(rows, seed, epoch);
            return;
        }
        (int first, int last) = (rows[0], rows[^1]);
        ulong stream = RandomStreams.Shuffle(epoch);
        int count = last / blockRows - first / blockRows + 1;
        int[] rented = ArrayPool<int>.Shared.Rent(count);
        Span<int> blocks = rented.AsSpan(0, count);
        Fill(blocks, first / blockRows);
        Shuffle(blocks, seed, stream, BlockPlaces);
        (int start, int end) = (0, 0);
        for (int k = 0; k < count; k++)
        {
            int begin = Math.Max(first, blocks[k] * blockRows);
            int size = (int)Math.Min(last + 1L, (blocks[k] + 1L) * blockRows) - begin;
            Fill(rows.Slice(end, size), begin);
            end += size;
            if (k + 1 == count || (k + 1) % Math.Max(1, data.MixedBlocks) == 0)
            {
                Shuffle(rows[start..end], seed, stream, (ulong)start);
                start = end;
            }
        }
        ArrayPool<int>.Shared.Return(rented);
    }

    /// <summary>
    /// Shuffles (Durstenfeld 1964, after Fisher and Yates): the value at i changes places with one at or before it, chosen by the
    /// two words 2(i + place) and 2(i + place) + 1 of a Philox stream. The bias of scaling 64 random bits to i + 1 places is below 2^-32.
    /// </summary>
    private static void Shuffle(Span<int> values, ulong seed, ulong stream, ulong place)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            ulong at = place + (ulong)i;
            Philox.Words block = Philox.Block(seed, stream, at / 2);
            int low = (int)(at % 2) * 2;
            ulong bits = ((ulong)block[low + 1] << 32) | block[low];
            int j = (int)Math.BigMul(bits, (ulong)i + 1, out _);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }
}
