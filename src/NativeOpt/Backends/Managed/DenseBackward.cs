using System.Numerics;
using System.Numerics.Tensors;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed;

/// <summary>Gradients of a dense layer: dz = dy activation'(z), dw = x^T dz, db = column sums of dz, dx = dz w^T.</summary>
internal static unsafe class DenseBackward
{
    public static void Run(NoptDenseBackwardArgs* args, Scratch scratch)
    {
        if ((NoptDtype)args->X.Dtype == NoptDtype.F64)
            Run<double>(args, scratch);
        else
            Run<float>(args, scratch);
    }

    private static void Run<T>(NoptDenseBackwardArgs* args, Scratch scratch) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var x = new MatrixRows<T>(args->X);
        var w = new MatrixRows<T>(args->W);
        var z = new MatrixRows<T>(args->Z);
        var y = new MatrixRows<T>(args->Y);
        var dz = new MatrixRows<T>(args->Dy);
        var dw = new MatrixRows<T>(args->Dw);
        var dx = new MatrixRows<T>(args->Dx);
        bool accumulate = (args->Flags & (uint)NoptBackwardFlags.Accumulate) != 0;
        ActivationOperation.Differentiate((NoptActivation)args->Activation, args->ActivationParameter, z, y, dz, dz);
        if (args->Db.Data != null)
            SumRows(dz, new MatrixRows<T>(args->Db)[0], accumulate);
        if (dw.IsPresent)
            Gemm.Run(x.Operand.Transpose(), dz.Operand, dw.Data, dw.Stride, dw.Rows, dw.Columns, x.Rows, accumulate, scratch);
        if (dx.IsPresent)
            Gemm.Run(dz.Operand, w.Operand.Transpose(), dx.Data, dx.Stride, dx.Rows, dx.Columns, dz.Columns, accumulate: false, scratch);
    }

    private static void SumRows<T>(in MatrixRows<T> dz, Span<T> db, bool accumulate) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!accumulate)
            db.Clear();
        for (long row = 0; row < dz.Rows; row++)
            TensorPrimitives.Add<T>(db, dz[row], db);
    }
}
