using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Checks;

/// <summary>Checks of single matrices and of their sizes.</summary>
internal static unsafe class MatrixCheck
{
    /// <summary>A size and what a message calls it.</summary>
    public readonly record struct NamedSize(string Name, long Value);

    public static bool IsAbsent(in NoptMatrix matrix) => matrix.Data == null;

    /// <summary>A matrix that decides in which of the two real types an operation computes.</summary>
    public static void CheckReal(this in OpSite site, string name, in NoptMatrix matrix)
    {
        if (IsAbsent(matrix))
            site.Fail($"{name}.data is null");
        if (!IsReal(matrix.Dtype))
            site.Fail($"{name}.dtype is {matrix.Dtype} ({DtypeName(matrix.Dtype)}), and must be 0 (f32) or 1 (f64)");
        site.CheckMatrix(name, matrix, matrix.Dtype);
    }

    /// <summary>A matrix that must be there, of one element type.</summary>
    public static void CheckMatrix(this in OpSite site, string name, in NoptMatrix matrix, int dtype)
    {
        if (IsAbsent(matrix))
            site.Fail($"{name}.data is null");
        if (matrix.Dtype != dtype)
            site.Fail($"{name}.dtype is {matrix.Dtype} ({DtypeName(matrix.Dtype)}), and must be {dtype} ({DtypeName(dtype)})");
        if (matrix.Layout != (int)NoptLayout.RowMajor)
            site.Fail($"{name}.layout is {matrix.Layout}, and must be 0 (row-major)");
        if ((nuint)matrix.Data % (nuint)DtypeSize(dtype) != 0)
            site.Fail($"{name}.data is at 0x{(nuint)matrix.Data:x}, and must be at a multiple of {DtypeSize(dtype)} bytes");
        CheckExtent(site, name, matrix);
    }

    /// <summary>As <see cref="CheckMatrix"/>, or absent.</summary>
    public static void CheckOptional(this in OpSite site, string name, in NoptMatrix matrix, int dtype)
    {
        if (!IsAbsent(matrix))
            site.CheckMatrix(name, matrix, dtype);
    }

    /// <summary>The sizes of a matrix; those of an absent one do not matter.</summary>
    public static void CheckShape(this in OpSite site, string name, in NoptMatrix matrix, NamedSize rows, NamedSize columns)
    {
        if (IsAbsent(matrix))
            return;
        if (matrix.Rows != rows.Value)
            site.Fail($"{name}.rows is {matrix.Rows}, {rows.Name} is {rows.Value}");
        if (matrix.Columns != columns.Value)
            site.Fail($"{name}.columns is {matrix.Columns}, {columns.Name} is {columns.Value}");
    }

    /// <summary>The same elements in the same places: what in-place use means.</summary>
    public static bool AreSame(in NoptMatrix a, in NoptMatrix b) =>
        a.Data == b.Data && a.Rows == b.Rows && a.Columns == b.Columns && a.Stride == b.Stride && a.Dtype == b.Dtype;

    public static bool IsReal(int dtype) => (NoptDtype)dtype is NoptDtype.F32 or NoptDtype.F64;

    public static int DtypeSize(int dtype) => (NoptDtype)dtype switch
    {
        NoptDtype.F64 => 8,
        NoptDtype.F32 or NoptDtype.I32 => 4,
        NoptDtype.Bf16 => 2,
        NoptDtype.U8 => 1,
        _ => 0,
    };

    public static string DtypeName(int dtype) => (NoptDtype)dtype switch
    {
        NoptDtype.F32 => "f32",
        NoptDtype.F64 => "f64",
        NoptDtype.Bf16 => "bf16",
        NoptDtype.I32 => "i32",
        NoptDtype.U8 => "u8",
        _ => "unknown",
    };

    private static void CheckExtent(in OpSite site, string name, in NoptMatrix matrix)
    {
        if (matrix.Rows < 1)
            site.Fail($"{name}.rows is {matrix.Rows}, and must be at least 1");
        if (matrix.Columns < 1)
            site.Fail($"{name}.columns is {matrix.Columns}, and must be at least 1");
        if (matrix.Stride < matrix.Columns)
            site.Fail($"{name}.stride is {matrix.Stride}, and must be at least {name}.columns, which is {matrix.Columns}");
        // A row is a span here, whose length is an int.
        if (matrix.Columns > int.MaxValue)
            site.Fail($"{name}.columns is {matrix.Columns}, and must be at most {int.MaxValue}");
        if (Math.BigMul(matrix.Rows, matrix.Stride) * DtypeSize(matrix.Dtype) + (nint)matrix.Data > long.MaxValue)
            site.Fail($"{name} has {matrix.Rows} rows with a stride of {matrix.Stride}: more than can be addressed");
    }
}
