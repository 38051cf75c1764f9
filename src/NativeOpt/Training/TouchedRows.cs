using NativeOpt.Interop;

namespace NativeOpt.Training;

/// <summary>
/// The rows of a table that have a gradient: those a batch looked up. The optimizer updates these and no others, so that a step costs
/// what the rows cost that it touches, not what the table does. All other rows have gradient 0.
/// </summary>
internal sealed unsafe class TouchedRows
{
    private readonly int _columns;
    private readonly int[] _rows;
    private readonly bool[] _isTouched;
    private readonly AlignedBuffer _segments;

    /// <summary>No rows of a table yet.</summary>
    public TouchedRows(int rows, int columns)
    {
        _columns = columns;
        _rows = new int[rows];
        _isTouched = new bool[rows];
        // Neighbours are one segment: there are gaps between any two.
        _segments = AlignedBuffer.Allocate<NoptSegment>((rows + 1) / 2);
    }

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>The rows, ascending once <see cref="Finish"/> was called.</summary>
    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, Count);

    /// <summary>The rows as segments for an update; positions count from the table's first element.</summary>
    public AlignedBuffer Segments => _segments;

    /// <summary>How many segments there are at the moment.</summary>
    public long SegmentCount { get; private set; }

    /// <summary>Adds a row. Allocates nothing.</summary>
    public void Add(int row)
    {
        if (_isTouched[row])
            return;
        _isTouched[row] = true;
        _rows[Count++] = row;
    }

    /// <summary>After rows were added: writes the segments. Allocates nothing.</summary>
    public void Finish()
    {
        Span<int> rows = _rows.AsSpan(0, Count);
        rows.Sort();
        var segments = (NoptSegment*)_segments.Pointer;
        long count = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            if (i > 0 && rows[i] == rows[i - 1] + 1)
                segments[count - 1].Count += _columns;
            else
                segments[count++] = new NoptSegment { Offset = (long)rows[i] * _columns, Count = _columns };
        }
        SegmentCount = count;
    }

    /// <summary>From now on no row has a gradient.</summary>
    public void Clear()
    {
        foreach (int row in Rows)
            _isTouched[row] = false;
        (Count, SegmentCount) = (0, 0);
    }
}
