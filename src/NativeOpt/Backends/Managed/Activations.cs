using System.Numerics;
using System.Numerics.Tensors;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed;

/// <summary>The activation functions, their derivatives as functions of y, and the activation operation. NaN stays NaN.</summary>
internal static unsafe class Activations
{
    /// <summary>The activation operation.</summary>
    public static void Run(NoptActivationArgs* args)
    {
        if ((NoptDtype)args->X.Dtype == NoptDtype.F64)
            Run<double>(args);
        else
            Run<float>(args);
    }

    private static void Run<T>(NoptActivationArgs* args) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var x = new MatrixRows<T>(args->X);
        var y = new MatrixRows<T>(args->Y);
        for (long row = 0; row < x.Rows; row++)
            Apply((NoptActivation)args->Activation, x[row], y[row]);
    }

    /// <summary>y = activation(x) for one row. The two may be the same memory.</summary>
    public static void Apply<T>(NoptActivation activation, ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (activation)
        {
            case NoptActivation.Linear:
                x.CopyTo(y);
                break;
            case NoptActivation.Relu:
                TensorPrimitives.Max(x, T.Zero, y);
                break;
            case NoptActivation.Sigmoid:
                TensorPrimitives.Sigmoid(x, y);
                break;
            case NoptActivation.Tanh:
                TensorPrimitives.Tanh(x, y);
                break;
            case NoptActivation.Softmax:
                Softmax(x, y);
                break;
        }
    }

    /// <summary>
    /// dy = dy * activation'(x) for one row, from y. The Jacobian of softmax is diag(y) - y y^T.
    /// </summary>
    public static void Differentiate<T>(NoptActivation activation, ReadOnlySpan<T> y, Span<T> dy)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (activation)
        {
            case NoptActivation.Relu:
                // Not y > 0: a NaN must not be taken for the flat side.
                for (int i = 0; i < y.Length; i++)
                    dy[i] = y[i] <= T.Zero ? T.Zero : dy[i];
                break;
            case NoptActivation.Sigmoid:
                for (int i = 0; i < y.Length; i++)
                    dy[i] *= y[i] * (T.One - y[i]);
                break;
            case NoptActivation.Tanh:
                for (int i = 0; i < y.Length; i++)
                    dy[i] *= T.One - y[i] * y[i];
                break;
            case NoptActivation.Softmax:
                T inner = TensorPrimitives.Dot(y, dy);
                for (int i = 0; i < y.Length; i++)
                    dy[i] = y[i] * (dy[i] - inner);
                break;
        }
    }

    /// <summary>Shifted by the largest element, so that exp does not overflow.</summary>
    public static void Softmax<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        TensorPrimitives.Subtract(x, TensorPrimitives.Max(x), y);
        TensorPrimitives.Exp(y, y);
        TensorPrimitives.Divide(y, TensorPrimitives.Sum<T>(y), y);
    }
}
