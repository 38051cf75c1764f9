namespace NativeOpt.Data.Streaming;

/// <summary>Where the rows of a file are.</summary>
/// <param name="Offset">Byte of the first row.</param>
/// <param name="RowBytes">Length of a row.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="BlockRows">Rows that are mapped together.</param>
internal sealed record RowPlaces(long Offset, int RowBytes, int Rows, int BlockRows)
{
    /// <summary>With blocks of about the length that the settings ask for.</summary>
    public static RowPlaces Create(long offset, int rowBytes, int rows, FileDatasetSettings settings) =>
        new(offset, rowBytes, rows, Math.Max(1, settings.BlockBytes / rowBytes));

    /// <summary>The bytes of a block; the last one may be shorter.</summary>
    public (long Offset, long Length) BytesOf(int block)
    {
        long first = (long)block * BlockRows;
        return (Offset + first * RowBytes, Math.Min(BlockRows, Rows - first) * RowBytes);
    }
}
