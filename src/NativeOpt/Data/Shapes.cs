namespace NativeOpt.Data;

/// <summary>Checks of the sizes of data.</summary>
internal static class Shapes
{
    /// <summary>Rows and columns of an array of the given shape; dimensions after the first are flattened row by row.</summary>
    /// <exception cref="ArgumentException">A size is below 1 (rows: below 0), or the shape does not cover the elements.</exception>
    public static (int Rows, int Columns) Flatten(ReadOnlySpan<int> shape, long elementCount, string parameterName)
    {
        if (shape.Length == 0)
            throw new ArgumentException("the shape has no dimension; the first one is the number of rows", parameterName);
        long columns = 1;
        for (int i = 0; i < shape.Length; i++)
        {
            int least = i == 0 ? 0 : 1;
            if (shape[i] < least)
                throw new ArgumentException($"dimension {i} of the shape is {shape[i]}; it must be at least {least}", parameterName);
            columns = i == 0 ? 1 : Math.Min(columns * shape[i], int.MaxValue);
        }
        if (columns * shape[0] != elementCount)
            throw new ArgumentException(
                $"the memory has {elementCount} elements; shape [{string.Join(", ", shape.ToArray())}] needs another number",
                parameterName);
        return (shape[0], (int)columns);
    }

    /// <summary>The common length of arrays.</summary>
    /// <exception cref="ArgumentException">A row is null or has another length than the first.</exception>
    public static int CommonLength(float[][] arrays, string parameterName)
    {
        int columns = arrays.Length == 0 ? 0 : arrays[0]?.Length ?? 0;
        for (int i = 0; i < arrays.Length; i++)
        {
            if (arrays[i] is null)
                throw new ArgumentException($"row {i} is null", parameterName);
            if (arrays[i].Length != columns)
                throw new ArgumentException($"row {i} has {arrays[i].Length} elements; row 0 has {columns}", parameterName);
        }
        return columns;
    }
}
