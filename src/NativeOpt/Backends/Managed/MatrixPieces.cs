using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed;

/// <summary>
/// A matrix cut into short runs of elements, as the native core cuts it; rows that lie side by side in all matrices are one long row.
/// </summary>
internal readonly struct MatrixPieces
{
    private readonly long _columns;
    private readonly int _size;
    private readonly long _perRow;

    public MatrixPieces(in NoptMatrix shape, bool hasGaps, int pieceSize)
    {
        _columns = hasGaps ? shape.Columns : shape.Rows * shape.Columns;
        _size = pieceSize;
        _perRow = (_columns + pieceSize - 1) / pieceSize;
        Count = (hasGaps ? shape.Rows : 1) * _perRow;
    }

    /// <summary>Number of pieces.</summary>
    public long Count { get; }

    /// <summary>Elements [column, column + count) of a row.</summary>
    public (long Row, long Column, int Count) this[long index]
    {
        get
        {
            long column = index % _perRow * _size;
            return (index / _perRow, column, (int)Math.Min(_size, _columns - column));
        }
    }

    /// <summary>Whether there is something between the rows; not of an absent matrix.</summary>
    public static unsafe bool HasRowGaps(in NoptMatrix matrix) =>
        matrix.Data != null && matrix.Rows > 1 && matrix.Stride != matrix.Columns;
}
