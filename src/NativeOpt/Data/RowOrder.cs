using NativeOpt.Backends.Managed;
using NativeOpt.Initializers;

namespace NativeOpt.Data;

/// <summary>The order in which an epoch visits the rows.</summary>
internal static class RowOrder
{
    /// <summary>first, first + 1, first + 2, ...</summary>
    public static void Fill(Span<int> rows, int first)
    {
        for (int i = 0; i < rows.Length; i++)
            rows[i] = first + i;
    }

    /// <summary>
    /// Shuffles (Durstenfeld 1964, after Fisher and Yates): the row at i changes places with one at or before it, chosen by the
    /// two words 2i and 2i+1 of the epoch's Philox stream. The bias of scaling 64 random bits to i + 1 places is below 2^-32.
    /// </summary>
    public static void Shuffle(Span<int> rows, ulong seed, long epoch)
    {
        ulong stream = RandomStreams.Shuffle(epoch);
        for (int i = rows.Length - 1; i > 0; i--)
        {
            Philox.Words block = Philox.Block(seed, stream, (ulong)i / 2);
            int low = i % 2 * 2;
            ulong bits = ((ulong)block[low + 1] << 32) | block[low];
            int j = (int)Math.BigMul(bits, (ulong)i + 1, out _);
            (rows[i], rows[j]) = (rows[j], rows[i]);
        }
    }
}
