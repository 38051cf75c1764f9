using NativeOpt.Interop;

namespace NativeOpt.Tests.Backends;

/// <summary>
/// A matrix in native memory for operations under test. Rows are further apart than they are long, and the gaps hold a mark, so
/// that a kernel that writes beside its matrix is found.
/// </summary>
internal sealed unsafe class TestMatrix : IDisposable
{
    private const int Gap = 3;
    private const double Mark = 12345;

    private readonly AlignedBuffer _memory;

    /// <summary>A matrix of NaN, for outputs.</summary>
    public TestMatrix(NoptDtype dtype, int rows, int columns)
    {
        (Dtype, Rows, Columns) = (dtype, rows, columns);
        _memory = AlignedBuffer.Allocate((long)rows * Stride * sizeof(double));
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < Stride; column++)
                this[row, column] = column < columns ? double.NaN : Mark;
    }

    /// <summary>A matrix with contents.</summary>
    public TestMatrix(NoptDtype dtype, int rows, int columns, IReadOnlyList<double> values) : this(dtype, rows, columns)
    {
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                this[row, column] = values[row * columns + column];
    }

    public NoptDtype Dtype { get; }

    public int Rows { get; }

    public int Columns { get; }

    public int Stride => Columns + Gap;

    /// <summary>Nothing, for an argument that may be absent.</summary>
    public static NoptMatrix Absent => default;

    /// <summary>What an operation takes; valid while this object lives.</summary>
    public NoptMatrix Native => new() { Data = _memory.Pointer, Rows = Rows, Columns = Columns, Stride = Stride, Dtype = (int)Dtype };

    public double this[int row, int column]
    {
        get => Dtype switch
        {
            NoptDtype.F64 => ((double*)_memory.Pointer)[row * Stride + column],
            NoptDtype.I32 => ((int*)_memory.Pointer)[row * Stride + column],
            _ => ((float*)_memory.Pointer)[row * Stride + column],
        };
        set
        {
            if (Dtype == NoptDtype.F64)
                ((double*)_memory.Pointer)[row * Stride + column] = value;
            else if (Dtype == NoptDtype.I32)
                ((int*)_memory.Pointer)[row * Stride + column] = double.IsNaN(value) ? 0 : (int)value;
            else
                ((float*)_memory.Pointer)[row * Stride + column] = (float)value;
        }
    }

    /// <summary>Row after row, without the gaps; throws if a gap was written to.</summary>
    public double[] Values()
    {
        var values = new double[Rows * Columns];
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
                values[row * Columns + column] = this[row, column];
            for (int column = Columns; column < Stride; column++)
                if (this[row, column] != Mark)
                    throw new InvalidOperationException($"row {row}: something was written behind the row, at column {column}");
        }
        return values;
    }

    /// <summary>Numbers from a fixed sequence, uniform in [low, high).</summary>
    public static TestMatrix Random(NoptDtype dtype, int rows, int columns, int seed, double low = -1, double high = 1)
    {
        var random = new Random(seed);
        return new TestMatrix(dtype, rows, columns,
            [.. Enumerable.Range(0, rows * columns).Select(_ => low + (high - low) * random.NextDouble())]);
    }

    public void Dispose() => _memory.Dispose();
}
