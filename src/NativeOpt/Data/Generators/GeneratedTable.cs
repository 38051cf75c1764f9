namespace NativeOpt.Data.Generators;

/// <summary>Made-up inputs, [rows, columns], computed in double precision.</summary>
internal sealed class GeneratedTable(int rows, int columns)
{
    private readonly double[] _values = new double[checked(rows * columns)];

    public int Rows => rows;

    public int Columns => columns;

    public Span<double> Row(int row) => _values.AsSpan(row * columns, columns);

    /// <summary>The table with rows and columns in another order; null keeps it.</summary>
    public GeneratedTable Reordered(int[]? rowOrder, int[]? columnOrder)
    {
        var result = new GeneratedTable(rows, columns);
        for (int i = 0; i < rows; i++)
        {
            Span<double> source = Row(rowOrder?[i] ?? i);
            Span<double> destination = result.Row(i);
            for (int j = 0; j < columns; j++)
                destination[j] = source[columnOrder?[j] ?? j];
        }
        return result;
    }

    /// <summary>Rounded to float.</summary>
    public Features ToFeatures() => new(Array.ConvertAll(_values, value => (float)value), rows, columns);
}
