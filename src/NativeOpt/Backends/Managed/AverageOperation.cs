using System.Numerics;
using NativeOpt.Backends.Managed.Optimizers;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed;

/// <summary>The average operation: one value more in a running average.</summary>
internal static unsafe class AverageOperation
{
    public static void Run(NoptAverageArgs* args)
    {
        if (args->Keep == 1)
            return;
        if ((NoptDtype)args->W.Dtype == NoptDtype.F64)
            Run<double>(args);
        else
            Run<float>(args);
    }

    private static void Run<T>(NoptAverageArgs* args) where T : unmanaged, INumberBase<T>
    {
        var w = new MatrixRows<T>(args->W);
        var a = new MatrixRows<T>(args->A);
        for (long row = 0; row < w.Rows; row++)
            RunRow(args, w.Data + row * w.Stride, a.Data + row * a.Stride, w.Columns);
    }

    private static void RunRow<T>(NoptAverageArgs* args, T* w, T* a, long count) where T : unmanaged, INumberBase<T>
    {
        Vector<T> keep = VectorMath.Broadcast<T>(args->Keep);
        Vector<T> add = VectorMath.Broadcast<T>(1 - args->Keep);
        int width = Vector<T>.Count;
        for (long i = 0; i < count; i += width)
        {
            int lanes = (int)Math.Min(width, count - i);
            Vector<T> value = VectorTail.Load(w + i, lanes);
            if (args->Keep != 0)
            {
                Vector<T> old = VectorTail.Load(a + i, lanes);
                value = (NoptAverageForm)args->Form == NoptAverageForm.Weighted
                    ? keep * old + add * value
                    : old + add * (value - old);
            }
            VectorTail.Store(value, a + i, lanes);
        }
    }
}
