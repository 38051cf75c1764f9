using System.Numerics;

namespace NativeOpt.Backends.Managed;

/// <summary>
/// The innermost loop of the matrix product: a tile of 4 rows and 2 vectors stays in registers while k runs. Each element of the
/// tile is one chain of fused multiply-adds in ascending k, so the result does not depend on the vector width.
/// </summary>
internal static unsafe class GemmKernel<T> where T : unmanaged
{
    /// <summary>Rows of a tile.</summary>
    public const int Rows = 4;

    /// <summary>Columns of a tile.</summary>
    public static int Columns => 2 * Vector<T>.Count;

    /// <summary>c (+)= a b for one tile. a has 4 elements for each k, b has <see cref="Columns"/>.</summary>
    public static void Run(T* a, T* b, long depth, T* c, long stride, bool accumulate)
    {
        int n = Vector<T>.Count;
        Vector<T> c00 = default, c01 = default, c10 = default, c11 = default;
        Vector<T> c20 = default, c21 = default, c30 = default, c31 = default;
        for (long k = 0; k < depth; k++, a += Rows, b += 2 * n)
        {
            Vector<T> b0 = Vector.Load(b), b1 = Vector.Load(b + n);
            var a0 = new Vector<T>(a[0]);
            c00 = MultiplyAdd(a0, b0, c00);
            c01 = MultiplyAdd(a0, b1, c01);
            var a1 = new Vector<T>(a[1]);
            c10 = MultiplyAdd(a1, b0, c10);
            c11 = MultiplyAdd(a1, b1, c11);
            var a2 = new Vector<T>(a[2]);
            c20 = MultiplyAdd(a2, b0, c20);
            c21 = MultiplyAdd(a2, b1, c21);
            var a3 = new Vector<T>(a[3]);
            c30 = MultiplyAdd(a3, b0, c30);
            c31 = MultiplyAdd(a3, b1, c31);
        }
        Store(c, c00, c01, accumulate);
        Store(c + stride, c10, c11, accumulate);
        Store(c + 2 * stride, c20, c21, accumulate);
        Store(c + 3 * stride, c30, c31, accumulate);
    }

    private static void Store(T* c, Vector<T> left, Vector<T> right, bool accumulate)
    {
        T* half = c + Vector<T>.Count;
        Vector.Store(accumulate ? Vector.Load(c) + left : left, c);
        Vector.Store(accumulate ? Vector.Load(half) + right : right, half);
    }

    private static Vector<T> MultiplyAdd(Vector<T> a, Vector<T> b, Vector<T> c)
    {
        if (typeof(T) == typeof(float))
            return Vector.FusedMultiplyAdd(a.As<T, float>(), b.As<T, float>(), c.As<T, float>()).As<float, T>();
        return Vector.FusedMultiplyAdd(a.As<T, double>(), b.As<T, double>(), c.As<T, double>()).As<double, T>();
    }
}
