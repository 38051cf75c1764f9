using System.Runtime.InteropServices;

namespace NativeOpt.Data;

/// <summary>Rows as arrays of the caller's own.</summary>
internal static class RowCopies
{
    /// <summary>[rows, columns]; a source that is absent has no rows.</summary>
    public static float[,] All(RowSource? source)
    {
        if (source is null)
            return new float[0, 0];
        var copy = new float[source.Rows, source.Columns];
        for (int row = 0; row < source.Rows && source.Columns > 0; row++)
            source.CopyRow(row, MemoryMarshal.CreateSpan(ref copy[row, 0], source.Columns));
        return copy;
    }

    /// <summary>One row.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public static float[] One(RowSource? source, int row)
    {
        RequireRow(row, source?.Rows ?? 0, nameof(row));
        var copy = new float[source!.Columns];
        if (copy.Length > 0)
            source.CopyRow(row, copy);
        return copy;
    }

    /// <summary>A copy of the numbers of rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is negative or not below the number of rows.</exception>
    public static int[] RequireRows(ReadOnlySpan<int> rows, int count, string parameterName)
    {
        foreach (int row in rows)
            RequireRow(row, count, parameterName);
        return rows.ToArray();
    }

    /// <summary>Checks the number of a row.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not below the number of rows.</exception>
    public static void RequireRow(int row, int count, string parameterName)
    {
        if ((uint)row >= (uint)count)
            throw new ArgumentOutOfRangeException(
                parameterName, row, $"{parameterName} is {row}; it must be at least 0 and below {count}, the number of rows");
    }
}
