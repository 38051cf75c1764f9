using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Checks;

/// <summary>Checks of segments and of the rows that they point to.</summary>
internal static unsafe class SegmentCheck
{
    /// <summary>Ascending, not empty, within the arrays and the rows; the list may be empty.</summary>
    public static void CheckSegments(this in OpSite site, NoptSegment* segments, long count, long length, long rowCount)
    {
        if (count < 0)
            site.Fail($"segment_count is {count}, and must be at least 0");
        if (count > 0)
            site.CheckArray("segments", segments, "segment_count", count, sizeof(NoptSegment), sizeof(long));
        long end = 0;
        for (long i = 0; i < count; i++)
        {
            NoptSegment s = segments[i];
            if (s.Count < 1)
                site.Fail($"segments[{i}].count is {s.Count}, and must be at least 1");
            if (s.Offset < end)
                site.Fail($"segments[{i}].offset is {s.Offset}, and must be at least {end}, where the segment before ends");
            if (s.Count > length || s.Offset > length - s.Count)
                site.Fail($"segments[{i}] is {s.Count} elements at {s.Offset}, and length is {length}");
            if (s.ScalarsIndex < 0 || s.ScalarsIndex >= rowCount)
                site.Fail($"segments[{i}].scalars_index is {s.ScalarsIndex}, and must be at least 0 and below row_count, "
                    + $"which is {rowCount}");
            end = s.Offset + s.Count;
        }
    }

    /// <summary>Prologues, at least one, with numbers that are finite and in their ranges.</summary>
    public static void CheckPrologues(this in OpSite site, NoptPrologue* prologues, long rowCount, int dtype)
    {
        site.CheckArray("prologues", prologues, "row_count", rowCount, sizeof(NoptPrologue), sizeof(double));
        for (long row = 0; row < rowCount; row++)
            site.CheckPrologue(row, prologues[row], dtype);
    }
}
