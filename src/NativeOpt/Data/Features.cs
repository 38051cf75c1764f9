using System.Globalization;
using System.Numerics.Tensors;
using NativeOpt.Data;

namespace NativeOpt;

/// <summary>
/// The inputs of a model: rows of numbers. Converts from float[,], float[][] and Tensor&lt;float&gt;; other memory is wrapped
/// by the constructors. Memory is referenced, not copied (a tensor is copied), and must not change while it is used.
/// </summary>
public readonly struct Features
{
    private readonly RowSource? _source;

    private Features(RowSource source) => _source = source;

    /// <summary>Numbers in row-major order.</summary>
    /// <param name="data">The numbers.</param>
    /// <param name="shape">Rows first; further dimensions are flattened: [60000, 28, 28] are rows of 784 columns.</param>
    /// <exception cref="ArgumentException">A size is below 1, or the shape has another number of elements than the memory.</exception>
    public Features(ReadOnlyMemory<float> data, params ReadOnlySpan<int> shape)
    {
        (int rows, int columns) = Shapes.Flatten(shape, data.Length, nameof(shape));
        _source = new MemoryRows(data, rows, columns);
    }

    /// <summary>Bytes, such as pixels, in row-major order. They stay bytes and are scaled while a batch is put together.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="scale">Factor of each byte: 1/255 maps pixels to [0, 1].</param>
    /// <param name="shape">Rows first; further dimensions are flattened.</param>
    /// <exception cref="ArgumentException">The scale is not finite, a size is below 1, or the shape does not fit the memory.</exception>
    public Features(ReadOnlyMemory<byte> data, float scale, params ReadOnlySpan<int> shape)
    {
        if (!float.IsFinite(scale))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"scale is {scale}; it must be finite"), nameof(scale));
        (int rows, int columns) = Shapes.Flatten(shape, data.Length, nameof(shape));
        _source = new ByteRows(data, rows, columns, scale);
    }

    /// <summary>Number of rows.</summary>
    public int Rows => _source?.Rows ?? 0;

    /// <summary>Numbers in a row.</summary>
    public int Columns => _source?.Columns ?? 0;

    /// <summary>A copy of all rows as they are trained on: [rows, columns], bytes scaled.</summary>
    public float[,] ToArray() => RowCopies.All(_source);

    /// <summary>A copy of a row: as many numbers as there are columns, bytes scaled.</summary>
    /// <param name="row">From 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public float[] GetRow(int row) => RowCopies.One(_source, row);

    /// <summary>Some of the rows, in the given order. Their numbers are not copied; a row may be there more than once.</summary>
    /// <param name="rows">Numbers of the rows, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Features SelectRows(ReadOnlySpan<int> rows) =>
        RowCopies.RequireRows(rows, Rows, nameof(rows)) is var selected && _source is null
            ? this
            : new Features(new SelectedRows(_source, selected));

    /// <summary>"60000 rows of 784 numbers".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rows} rows of {Columns} numbers");

    /// <summary>Rows of a two-dimensional array.</summary>
    public static implicit operator Features(float[,] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new Features(new ArrayRows(rows));
    }

    /// <summary>An array of rows of equal length.</summary>
    /// <exception cref="ArgumentException">A row is null or has another length than the first.</exception>
    public static implicit operator Features(float[][] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new Features(new JaggedRows(rows, Shapes.CommonLength(rows, nameof(rows))));
    }

    /// <summary>A tensor whose first dimension is the rows; further dimensions are flattened.</summary>
    /// <exception cref="ArgumentException">The tensor has no dimension.</exception>
    public static implicit operator Features(Tensor<float> tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return new Features(TensorRows.From(tensor));
    }

    /// <summary>The rows.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    internal RowSource Require(string parameterName) => _source is { Rows: > 0, Columns: > 0 }
        ? _source
        : throw new ArgumentException($"{parameterName} is empty: {Rows} rows of {Columns} columns", parameterName);
}
