using NativeOpt.Data;
using NativeOpt.Data.Scaling;

namespace NativeOpt;

/// <summary>
/// Moves and stretches each column of the inputs by numbers that it has learnt from other rows: y = (x - origin) / unit + base. Fit it
/// to the rows for training only, and transform all others with the same numbers. Sums are in double precision.
/// </summary>
public abstract class FeatureScaler
{
    private double[]? _origin, _unit;

    private protected FeatureScaler() { }

    /// <summary>Whether <see cref="Fit(Features)"/> has run.</summary>
    public bool IsFitted => _origin is not null;

    /// <summary>Columns it was fitted to; 0 before.</summary>
    public int Columns => _origin?.Length ?? 0;

    /// <summary>Name in JSON.</summary>
    internal abstract string Kind { get; }

    /// <summary>The third number of all columns.</summary>
    private protected virtual double Base => 0;

    /// <summary>Learns from rows.</summary>
    /// <param name="x">At least one row.</param>
    /// <exception cref="ArgumentException">There is no row, or a number is not finite; the message has its row and column.</exception>
    public void Fit(Features x) => Learn(ColumnStatistics.Of(x.Require(nameof(x))));

    /// <summary>Learns from the inputs of a data set, which may be larger than memory.</summary>
    /// <param name="data">At least one row.</param>
    /// <exception cref="ArgumentException">There is no row, or a number is not finite; the message has its row and column.</exception>
    public void Fit(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        Learn(ColumnStatistics.Of(data));
    }

    /// <summary>Learns from rows and transforms them.</summary>
    /// <param name="x">At least one row.</param>
    /// <exception cref="ArgumentException">There is no row, or a number is not finite; the message has its row and column.</exception>
    public Features FitTransform(Features x)
    {
        Fit(x);
        return Transform(x);
    }

    /// <summary>Transformed rows, a copy.</summary>
    /// <param name="x">As many columns as in Fit. A number that is not finite stays one.</param>
    /// <exception cref="InvalidOperationException">It is not fitted.</exception>
    /// <exception cref="ArgumentException">There are more or fewer columns.</exception>
    public Features Transform(Features x) => Copy(x, Transform);

    /// <summary>Rows as they were before they were transformed, but for rounding; a copy.</summary>
    /// <param name="x">As many columns as in Fit.</param>
    /// <exception cref="InvalidOperationException">It is not fitted.</exception>
    /// <exception cref="ArgumentException">There are more or fewer columns.</exception>
    public Features InverseTransform(Features x) => Copy(x, InverseTransform);

    /// <summary>The data set with transformed inputs: rows are transformed when a batch of them is gathered.</summary>
    /// <param name="data">As many input columns as in Fit.</param>
    /// <exception cref="InvalidOperationException">It is not fitted.</exception>
    /// <exception cref="ArgumentException">There are more or fewer columns.</exception>
    public Dataset Transform(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        RequireColumns(data.InputColumns, nameof(data));
        return new ScaledDataset(data, this);
    }

    /// <summary>Transforms one or more rows in place. Allocates nothing.</summary>
    /// <param name="rows">Row by row.</param>
    /// <exception cref="InvalidOperationException">It is not fitted.</exception>
    /// <exception cref="ArgumentException">These are no whole rows.</exception>
    public void Transform(Span<float> rows)
    {
        (double[] origin, double[] unit) = RequireRows(rows);
        double floor = Base;
        for (int start = 0; start < rows.Length; start += origin.Length)
            for (int j = 0; j < origin.Length; j++)
                rows[start + j] = Limit((float)((rows[start + j] - origin[j]) / unit[j] + floor));
    }

    /// <summary>Undoes <see cref="Transform(Span{float})"/> in place, but for rounding. Allocates nothing.</summary>
    /// <param name="rows">Row by row.</param>
    /// <exception cref="InvalidOperationException">It is not fitted.</exception>
    /// <exception cref="ArgumentException">These are no whole rows.</exception>
    public void InverseTransform(Span<float> rows)
    {
        (double[] origin, double[] unit) = RequireRows(rows);
        double floor = Base;
        for (int start = 0; start < rows.Length; start += origin.Length)
            for (int j = 0; j < origin.Length; j++)
                rows[start + j] = (float)((rows[start + j] - floor) * unit[j] + origin[j]);
    }

    /// <summary>Settings and what was learnt as JSON.</summary>
    /// <exception cref="InvalidOperationException">It is not fitted.</exception>
    public string ToJson()
    {
        RequireFitted();
        return ScalerJson.Write(this);
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <returns>A <see cref="StandardScaler"/> or a <see cref="MinMaxScaler"/>, fitted.</returns>
    /// <exception cref="ArgumentException">The text is something else; the message says what is wrong where.</exception>
    public static FeatureScaler FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return ScalerJson.Read(json);
    }

    /// <summary>Values that were learnt, by their names in JSON.</summary>
    internal abstract IEnumerable<(string Name, IReadOnlyList<double> Values)> Learnt { get; }

    /// <summary>Takes origin and unit of each column.</summary>
    private protected void SetColumns(double[] origin, double[] unit) => (_origin, _unit) = (origin, unit);

    private protected abstract void Learn(ColumnStatistics statistics);

    /// <summary>What is done to a transformed number.</summary>
    private protected virtual float Limit(float value) => value;

    /// <summary>What was learnt.</summary>
    /// <exception cref="InvalidOperationException">Nothing was.</exception>
    private protected static T RequireFitted<T>(T? learnt) where T : class =>
        learnt ?? throw new InvalidOperationException("the scaler is not fitted; call Fit first");

    private Features Copy(Features x, TransformRows transform)
    {
        RowSource source = x.Require(nameof(x));
        RequireColumns(source.Columns, nameof(x));
        var values = new float[checked(source.Rows * source.Columns)];
        for (int row = 0; row < source.Rows; row++)
            source.CopyRow(row, values.AsSpan(row * source.Columns, source.Columns));
        transform(values);
        return new Features(values, source.Rows, source.Columns);
    }

    private delegate void TransformRows(Span<float> rows);

    private void RequireFitted() => RequireFitted(_origin);

    private void RequireColumns(int columns, string parameterName)
    {
        RequireFitted();
        if (columns != Columns)
            throw new ArgumentException(
                $"{parameterName} has {columns} columns; the scaler was fitted to {Columns}", parameterName);
    }

    private (double[] Origin, double[] Unit) RequireRows(ReadOnlySpan<float> rows)
    {
        RequireFitted();
        return rows.Length % Columns == 0
            ? (_origin!, _unit!)
            : throw new ArgumentException($"rows has {rows.Length} numbers; it must be whole rows of {Columns}", nameof(rows));
    }
}
