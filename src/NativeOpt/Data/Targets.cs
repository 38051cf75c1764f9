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

    private Targets(LabelSource labels) => Labels = labels;

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
    public Targets(ReadOnlyMemory<int> labels) => Labels = new IntLabels(labels);

    /// <summary>One class number a row.</summary>
    public Targets(ReadOnlyMemory<byte> labels) => Labels = new ByteLabels(labels);

    /// <summary>Number of rows.</summary>
    public int Rows => Labels?.Count ?? Values?.Rows ?? 0;

    /// <summary>Numbers in a row; 0 where each row is a class number.</summary>
    public int Columns => Values?.Columns ?? 0;

    /// <summary>The class numbers, or null where rows are numbers.</summary>
    internal LabelSource? Labels { get; }

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

    /// <summary>Copies the targets of rows into a batch.</summary>
    internal void CopyRows(ReadOnlySpan<int> rows, Batch batch)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            if (Labels is not null)
                batch.Labels[i] = Labels[rows[i]];
            else
                Values!.CopyRow(rows[i], batch.Targets.Slice(i * Columns, Columns));
        }
    }

    /// <summary>The first of <paramref name="count"/> rows whose label is not in [0, classes), or null.</summary>
    internal (int Row, int Label)? FindLabelOutside(int first, int count, int classes)
    {
        for (int row = first; row < first + count && Labels is not null; row++)
        {
            if (Labels[row] is var label && (label < 0 || label >= classes))
                return (row, label);
        }
        return null;
    }
}
