using System.Globalization;

namespace NativeOpt.Data.Scaling;

/// <summary>Mean, variance and range of each column, in one pass in double precision (Welford 1962).</summary>
internal sealed class ColumnStatistics(int columns)
{
    private const int BatchRows = 256;

    private readonly double[] _squares = new double[columns];
    private long _rows;

    public double[] Mean { get; } = new double[columns];

    public double[] Minimum { get; } = Filled(columns, double.PositiveInfinity);

    public double[] Maximum { get; } = Filled(columns, double.NegativeInfinity);

    public static ColumnStatistics Of(RowSource source)
    {
        var statistics = new ColumnStatistics(source.Columns);
        var values = new float[source.Columns];
        for (int row = 0; row < source.Rows; row++)
        {
            source.CopyRow(row, values);
            statistics.Add(values);
        }
        return statistics;
    }

    public static ColumnStatistics Of(Dataset data)
    {
        if (data.Count < 1 || data.InputColumns < 1)
            throw new ArgumentException($"data is empty: {data.Count} rows of {data.InputColumns} inputs", nameof(data));
        var statistics = new ColumnStatistics(data.InputColumns);
        int capacity = Math.Min(BatchRows, data.Count);
        var inputs = new float[checked(capacity * data.InputColumns)];
        var targets = new float[checked(capacity * data.TargetColumns)];
        var labels = new int[data.TargetColumns == 0 ? capacity : 0];
        var weights = new float[data.HasSampleWeights ? capacity : 0];
        var rows = new int[capacity];
        for (int first = 0; first < data.Count; first += capacity)
        {
            int count = Math.Min(capacity, data.Count - first);
            RowOrder.Fill(rows, first);
            data.Gather(rows.AsSpan(0, count), new Batch(count, inputs.AsSpan(0, count * data.InputColumns),
                targets.AsSpan(0, count * data.TargetColumns), labels.AsSpan(0, Math.Min(count, labels.Length)),
                weights.AsSpan(0, Math.Min(count, weights.Length))));
            for (int row = 0; row < count; row++)
                statistics.Add(inputs.AsSpan(row * data.InputColumns, data.InputColumns));
        }
        return statistics;
    }

    /// <summary>The variance of the population; exactly 0 for a constant column.</summary>
    public double[] Variance()
    {
        var variance = new double[columns];
        for (int j = 0; j < columns; j++)
            variance[j] = Maximum[j] > Minimum[j] ? _squares[j] / _rows : 0;
        return variance;
    }

    private void Add(ReadOnlySpan<float> row)
    {
        _rows++;
        for (int j = 0; j < row.Length; j++)
        {
            double value = row[j];
            if (!double.IsFinite(value))
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture, $"row {_rows - 1}, column {j} is {value}; it must be finite"));
            double difference = value - Mean[j];
            Mean[j] += difference / _rows;
            _squares[j] += difference * (value - Mean[j]);
            Minimum[j] = Math.Min(Minimum[j], value);
            Maximum[j] = Math.Max(Maximum[j], value);
        }
    }

    private static double[] Filled(int count, double value)
    {
        var values = new double[count];
        Array.Fill(values, value);
        return values;
    }
}
