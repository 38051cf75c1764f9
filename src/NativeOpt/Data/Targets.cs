using System.Globalization;
using System.Numerics.Tensors;
using NativeOpt.Data;

namespace NativeOpt;

/// <summary>
/// What a model should answer: one class number a row (int[], byte[]), one number a row (float[]), or a row of numbers as wide
/// as the model's output (float[,], float[][], Tensor&lt;float&gt;). Memory is referenced, not copied (a tensor is copied).
/// </summary>
public readonly struct Targets
{
    private Targets(RowSource rows) => Values = rows;

    private Targets(LabelSource labels) => LabelRows = labels;

    /// <summary>Numbers in row-major order.</summary>
    /// <param name="data">The numbers.</param>
    /// <param name="shape">Rows first.</param>
    /// <exception cref="ArgumentException">A size is below 1, or the shape has another number of elements than the memory.</exception>
    public Targets(ReadOnlyMemory<float> data, params ReadOnlySpan<int> shape)
    {
        (int rows, int columns) = Shapes.Flatten(shape, data.Length, nameof(shape));
        Values = new MemoryRows(data, rows, columns);
    }

    /// <summary>One class number a row.</summary>
    public Targets(ReadOnlyMemory<int> labels) => LabelRows = new IntLabels(labels);

    /// <summary>One class number a row.</summary>
    public Targets(ReadOnlyMemory<byte> labels) => LabelRows = new ByteLabels(labels);

    /// <summary>Number of rows.</summary>
    public int Rows => LabelRows?.Count ?? Values?.Rows ?? 0;

    /// <summary>Numbers in a row; 0 where each row is a class number.</summary>
    public int Columns => Values?.Columns ?? 0;

    /// <summary>Whether each row is a class number.</summary>
    public bool HasLabels => LabelRows is not null;

    /// <summary>A copy of the class numbers, one a row.</summary>
    /// <exception cref="InvalidOperationException">Rows are numbers: <see cref="ToArray"/> copies them.</exception>
    public int[] ToLabels()
    {
        LabelSource labels = RequireLabels();
        var copy = new int[labels.Count];
        for (int row = 0; row < copy.Length; row++)
            copy[row] = labels[row];
        return copy;
    }

    /// <summary>The class number of a row.</summary>
    /// <param name="row">From 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="InvalidOperationException">Rows are numbers: <see cref="GetRow"/> copies one.</exception>
    public int GetLabel(int row)
    {
        LabelSource labels = RequireLabels();
        RowCopies.RequireRow(row, labels.Count, nameof(row));
        return labels[row];
    }

    /// <summary>A copy of all rows: [rows, columns].</summary>
    /// <exception cref="InvalidOperationException">Rows are class numbers: <see cref="ToLabels"/> copies them.</exception>
    public float[,] ToArray() => RowCopies.All(RequireValues());

    /// <summary>A copy of a row: as many numbers as there are columns.</summary>
    /// <param name="row">From 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="InvalidOperationException">Rows are class numbers: <see cref="GetLabel"/> has one.</exception>
    public float[] GetRow(int row) => RowCopies.One(RequireValues(), row);

    /// <summary>Some of the rows, in the given order. Their numbers are not copied; a row may be there more than once.</summary>
    /// <param name="rows">Numbers of the rows, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Targets SelectRows(ReadOnlySpan<int> rows)
    {
        int[] selected = RowCopies.RequireRows(rows, Rows, nameof(rows));
        if (LabelRows is not null)
            return new Targets(new SelectedLabels(LabelRows, selected));
        return Values is null ? this : new Targets(new SelectedRows(Values, selected));
    }

    /// <summary>"60000 class numbers", or "100 rows of 3 numbers".</summary>
    public override string ToString() => HasLabels
        ? string.Create(CultureInfo.InvariantCulture, $"{Rows} class numbers")
        : string.Create(CultureInfo.InvariantCulture, $"{Rows} rows of {Columns} numbers");

    /// <summary>The class numbers, or null where rows are numbers.</summary>
    internal LabelSource? LabelRows { get; }

    /// <summary>The rows, or null where they are class numbers.</summary>
    internal RowSource? Values { get; }

    /// <summary>One class number a row.</summary>
    public static implicit operator Targets(int[] labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return new Targets(new IntLabels(labels));
    }

    /// <summary>One class number a row.</summary>
    public static implicit operator Targets(byte[] labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return new Targets(new ByteLabels(labels));
    }

    /// <summary>One number a row.</summary>
    public static implicit operator Targets(float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new Targets(new MemoryRows(values, values.Length, 1));
    }

    /// <summary>Rows of a two-dimensional array.</summary>
    public static implicit operator Targets(float[,] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new Targets(new ArrayRows(rows));
    }

    /// <summary>An array of rows of equal length.</summary>
    /// <exception cref="ArgumentException">A row is null or has another length than the first.</exception>
    public static implicit operator Targets(float[][] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new Targets(new JaggedRows(rows, Shapes.CommonLength(rows, nameof(rows))));
    }

    /// <summary>A tensor whose first dimension is the rows.</summary>
    /// <exception cref="ArgumentException">The tensor has no dimension.</exception>
    public static implicit operator Targets(Tensor<float> tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return new Targets(TensorRows.From(tensor));
    }

    /// <summary>One class number a row, copied.</summary>
    /// <exception cref="ArgumentException">The tensor has another rank than 1.</exception>
    public static implicit operator Targets(Tensor<int> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return new Targets(new IntLabels(TensorRows.Labels(labels)));
    }

    /// <summary>Copies the targets of rows into a batch.</summary>
    internal void CopyRows(ReadOnlySpan<int> rows, Batch batch)
    {
        if (LabelRows is null)
            Values!.CopyRows(rows, batch.Targets, batch.IsShared);
        for (int i = 0; i < rows.Length && LabelRows is not null; i++)
            batch.Labels[i] = LabelRows[rows[i]];
    }

    /// <summary>The first of <paramref name="count"/> rows whose label is neither in [0, classes) nor the ignored one, or null.</summary>
    internal (int Row, int Label)? FindLabelOutside(int first, int count, int classes, int? ignored)
    {
        for (int row = first; row < first + count && LabelRows is not null; row++)
        {
            if (LabelRows[row] is var label && (label < 0 || label >= classes) && label != ignored)
                return (row, label);
        }
        return null;
    }

    /// <summary>The first number of <paramref name="count"/> rows that is not in [0, 1], NaN included, or null.</summary>
    internal (int Row, int Column, float Value)? FindTargetOutsideUnit(int first, int count)
    {
        var values = new float[Columns];
        for (int row = first; row < first + count && Values is not null; row++)
        {
            Values.CopyRow(row, values);
            int column = values.AsSpan().IndexOfAnyExceptInRange(0f, 1f);
            if (column >= 0)
                return (row, column, values[column]);
        }
        return null;
    }

    private LabelSource RequireLabels() => LabelRows
        ?? throw new InvalidOperationException($"the targets are rows of {Columns} numbers, not class numbers");

    private RowSource? RequireValues() => LabelRows is null
        ? Values
        : throw new InvalidOperationException("the targets are class numbers, not rows of numbers");
}
