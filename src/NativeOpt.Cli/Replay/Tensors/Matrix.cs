using NativeOpt.Interop;

namespace NativeOpt.Cli.Replay.Tensors;

/// <summary>A matrix in native memory, as operations take it.</summary>
internal sealed unsafe class Matrix : IDisposable
{
    private readonly AlignedBuffer _memory;

    /// <summary>A matrix with the numbers of a file.</summary>
    public Matrix(NoptDtype dtype, Grid values) : this(dtype, values.Rows, values.Columns)
    {
        for (int i = 0; i < values.Values.Length; i++)
            Set(i, values.Values[i]);
    }

    /// <summary>A matrix for results.</summary>
    public Matrix(NoptDtype dtype, int rows, int columns)
    {
        (Dtype, Rows, Columns) = (dtype, rows, columns);
        _memory = AlignedBuffer.Allocate((long)rows * columns * sizeof(double));
    }

    public NoptDtype Dtype { get; }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>What an operation takes; valid while this object lives.</summary>
    public NoptMatrix Native => new() { Data = _memory.Pointer, Rows = Rows, Columns = Columns, Stride = Columns, Dtype = (int)Dtype };

    /// <summary>Row after row.</summary>
    public double[] ToArray() => [.. Enumerable.Range(0, Rows * Columns).Select(Get)];

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    private double Get(int index) => Dtype == NoptDtype.F64 ? _memory.AsSpan<double>()[index] : _memory.AsSpan<float>()[index];

    private void Set(int index, double value)
    {
        if (Dtype == NoptDtype.F64)
            _memory.AsSpan<double>()[index] = value;
        else if (Dtype == NoptDtype.I32)
            _memory.AsSpan<int>()[index] = (int)value;
        else
            _memory.AsSpan<float>()[index] = (float)value;
    }
}
