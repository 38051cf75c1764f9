using System.Diagnostics.CodeAnalysis;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed;

/// <summary>Checks of single matrices and of pairs. Each message names the operation, the field, its value and the limit.</summary>
internal static unsafe class MatrixCheck
{
    /// <summary>A float or double matrix that must be there.</summary>
    public static void Real(string operation, string field, in NoptMatrix matrix)
    {
        if (!IsReal(matrix.Dtype))
            Fail($"{operation}.{field}.dtype is {matrix.Dtype}; it must be NOPT_DTYPE_F32 (0) or NOPT_DTYPE_F64 (1)");
        Any(operation, field, matrix);
    }

    /// <summary>A matrix of the same element type as another one.</summary>
    public static void SameType(string operation, string field, in NoptMatrix matrix, string otherField, in NoptMatrix other)
    {
        if (matrix.Dtype != other.Dtype)
            Fail($"{operation}.{field}.dtype is {matrix.Dtype}, {otherField}.dtype is {other.Dtype}");
        Any(operation, field, matrix);
    }

    /// <summary>A matrix of any element type whose own fields make sense.</summary>
    public static void Any(string operation, string field, in NoptMatrix matrix)
    {
        if (matrix.Data == null)
            Fail($"{operation}.{field}.data is null");
        if (matrix.Layout != (int)NoptLayout.RowMajor)
            Fail($"{operation}.{field}.layout is {matrix.Layout}; it must be NOPT_LAYOUT_ROW_MAJOR (0)");
        if (matrix.Rows < 1)
            Fail($"{operation}.{field}.rows is {matrix.Rows}; it must be at least 1");
        if (matrix.Columns < 1)
            Fail($"{operation}.{field}.columns is {matrix.Columns}; it must be at least 1");
        if (matrix.Stride < matrix.Columns)
            Fail($"{operation}.{field}.stride is {matrix.Stride}; it must be at least columns, {matrix.Columns}");
        if (matrix.Columns > int.MaxValue || matrix.Stride > int.MaxValue || matrix.Rows > int.MaxValue)
            Fail($"{operation}.{field} is {matrix.Rows} x {matrix.Columns} with stride {matrix.Stride}; the limit is {int.MaxValue} each");
        if ((nuint)matrix.Data % (nuint)ElementSize(matrix.Dtype) != 0)
            Fail($"{operation}.{field}.data is not aligned to its element size, {ElementSize(matrix.Dtype)} bytes");
    }

    /// <summary>Two sizes that must agree.</summary>
    public static void Equal(string operation, string field, long value, string otherField, long other)
    {
        if (value != other)
            Fail($"{operation}.{field} is {value}, {otherField} is {other}");
    }

    /// <summary>Two matrices of one operation that must not share memory; absent ones share none.</summary>
    public static void Apart(string operation, string field, in NoptMatrix matrix, string otherField, in NoptMatrix other)
    {
        if (matrix.Data == null || other.Data == null)
            return;
        if ((byte*)matrix.Data < End(other) && (byte*)other.Data < End(matrix))
            Fail($"{operation}.{field} and {otherField} overlap");
    }

    /// <summary>As <see cref="Apart"/>, but the very same matrix is allowed.</summary>
    public static void ApartOrSame(string operation, string field, in NoptMatrix matrix, string otherField, in NoptMatrix other)
    {
        if (matrix.Data != other.Data || matrix.Stride != other.Stride)
            Apart(operation, field, matrix, otherField, other);
    }

    /// <summary>Bytes of one element; 1 for a type that is none.</summary>
    public static int ElementSize(int dtype) => (NoptDtype)dtype switch
    {
        NoptDtype.F32 or NoptDtype.I32 => 4,
        NoptDtype.F64 => 8,
        NoptDtype.Bf16 => 2,
        _ => 1,
    };

    /// <summary>Whether arithmetic is defined on this element type.</summary>
    public static bool IsReal(int dtype) => (NoptDtype)dtype is NoptDtype.F32 or NoptDtype.F64;

    [DoesNotReturn]
    public static void Fail(string sentence) => throw new NativeOptException(sentence);

    private static byte* End(in NoptMatrix matrix) =>
        (byte*)matrix.Data + ((matrix.Rows - 1) * matrix.Stride + matrix.Columns) * ElementSize(matrix.Dtype);
}
