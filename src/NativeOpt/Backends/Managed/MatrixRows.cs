using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed;

/// <summary>A checked matrix of a known element type, row by row.</summary>
internal readonly unsafe struct MatrixRows<T>(in NoptMatrix matrix) where T : unmanaged
{
    public readonly T* Data = (T*)matrix.Data;
    public readonly long Rows = matrix.Rows;
    public readonly int Columns = (int)matrix.Columns;
    public readonly long Stride = matrix.Stride;

    /// <summary>Whether there is a matrix at all.</summary>
    public bool IsPresent => Data != null;

    /// <summary>One row.</summary>
    public Span<T> this[long row] => new(Data + row * Stride, Columns);

    /// <summary>The view the matrix product takes.</summary>
    public GemmOperand<T> Operand => new(Data, Stride, 1);
}
