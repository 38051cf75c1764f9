using System.Numerics;
using System.Numerics.Tensors;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed;

/// <summary>y = activation(x w + b).</summary>
internal static unsafe class DenseForward
{
    public static void Run(NoptDenseForwardArgs* args, Scratch scratch)
    {
        if ((NoptDtype)args->X.Dtype == NoptDtype.F64)
            Run<double>(args, scratch);
        else
            Run<float>(args, scratch);
    }

    private static void Run<T>(NoptDenseForwardArgs* args, Scratch scratch) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var x = new MatrixRows<T>(args->X);
        var w = new MatrixRows<T>(args->W);
        var b = new MatrixRows<T>(args->B);
        var y = new MatrixRows<T>(args->Y);
        var z = args->Z.Data == null ? y : new MatrixRows<T>(args->Z);
        Gemm.Run(x.Operand, w.Operand, z.Data, z.Stride, x.Rows, w.Columns, x.Columns, accumulate: false, scratch);
        for (long row = 0; row < z.Rows; row++)
        {
            if (b.IsPresent)
                TensorPrimitives.Add<T>(z[row], b[0], z[row]);
            ActivationOperation.Apply<T>((NoptActivation)args->Activation, args->ActivationParameter, z[row], y[row]);
        }
    }
}
