namespace NativeOpt.Backends.Managed.Optimizers.Matrix;

/// <summary>
/// A parameter cut into lines, the rows of a matrix or runs of one length, and into blocks of whole lines. Sums go along lines,
/// then over lines, column sums over the rows of a block, then over blocks: the native core's order, so that bits are equal.
/// </summary>
internal readonly record struct Lines(long Length, long Total)
{
    private const long Run = 4096, Block = 16384;

    /// <summary>Lines of a matrix with this many columns.</summary>
    public static Lines OfRows(long columns, long total) => new(columns, total);

    /// <summary>Lines of an array whose shape does not matter.</summary>
    public static Lines OfRuns(long total) => new(Math.Min(total, Run), total);

    public long Count => (Total + Length - 1) / Length;

    public long LinesOfBlock => Length < Block ? Block / Length : 1;

    public long BlockCount => (Count + LinesOfBlock - 1) / LinesOfBlock;

    /// <summary>First element of a line.</summary>
    public long Begin(long line) => line * Length;

    /// <summary>Elements of a line; the last one may be shorter.</summary>
    public int Size(long line) => (int)Math.Min(Length, Total - Begin(line));

    public long BlockBegin(long block) => block * LinesOfBlock;

    public long BlockEnd(long block) => Math.Min(BlockBegin(block + 1), Count);
}
