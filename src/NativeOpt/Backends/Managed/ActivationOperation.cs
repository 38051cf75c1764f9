using System.Numerics;
using NativeOpt.Backends.Managed.Activations;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed;

/// <summary>Activations of whole matrices, forward and backward. NaN stays NaN.</summary>
internal static unsafe class ActivationOperation
{
    /// <summary>The activation operation.</summary>
    public static void Run(NoptActivationArgs* args)
    {
        if ((NoptDtype)args->X.Dtype == NoptDtype.F64)
            Run<double>(args);
        else
            Run<float>(args);
    }

    /// <summary>The backward operation of an activation by itself.</summary>
    public static void RunBackward(NoptActivationBackwardArgs* args)
    {
        if ((NoptDtype)args->Dy.Dtype == NoptDtype.F64)
            RunBackward<double>(args);
        else
            RunBackward<float>(args);
    }

    /// <summary>y = f(x) for one row. The two may be the same memory.</summary>
    public static void Apply<T>(NoptActivation activation, double parameter, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (activation)
        {
            case NoptActivation.Softmax:
                RowActivations.Softmax(x, y);
                break;
            case NoptActivation.LogSoftmax:
                RowActivations.LogSoftmax(x, y);
                break;
            default:
                ElementwiseActivations.Apply(activation, T.CreateTruncating(parameter), x, y);
                break;
        }
    }

    /// <summary>dx = dy f'(x) for all rows, from x or from y. dx and dy may be the same memory.</summary>
    public static void Differentiate<T>(
        NoptActivation activation, double parameter, in MatrixRows<T> x, in MatrixRows<T> y, in MatrixRows<T> dy, in MatrixRows<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool linear = activation == NoptActivation.Linear;
        if (linear && dx.Data == dy.Data)
            return;
        MatrixRows<T> source = linear ? dy : ActivationTraits.SlopeIsOfInput(activation) ? x : y;
        T p = T.CreateTruncating(parameter);
        for (long row = 0; row < dy.Rows; row++)
            switch (activation)
            {
                case NoptActivation.Softmax:
                    RowActivations.SoftmaxSlope<T>(source[row], dy[row], dx[row]);
                    break;
                case NoptActivation.LogSoftmax:
                    RowActivations.LogSoftmaxSlope<T>(source[row], dy[row], dx[row]);
                    break;
                default:
                    ElementwiseActivations.Differentiate(activation, p, source[row], dy[row], dx[row]);
                    break;
            }
    }

    private static void Run<T>(NoptActivationArgs* args) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if ((NoptActivation)args->Activation == NoptActivation.Prelu)
        {
            Prelu.Run<T>(args);
            return;
        }
        var x = new MatrixRows<T>(args->X);
        var y = new MatrixRows<T>(args->Y);
        for (long row = 0; row < x.Rows; row++)
            Apply<T>((NoptActivation)args->Activation, args->ActivationParameter, x[row], y[row]);
    }

    private static void RunBackward<T>(NoptActivationBackwardArgs* args) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if ((NoptActivation)args->Activation == NoptActivation.Prelu)
            Prelu.RunBackward<T>(args);
        else if (args->Dx.Data != null)
            Differentiate<T>((NoptActivation)args->Activation, args->ActivationParameter,
                new(args->X), new(args->Y), new(args->Dy), new(args->Dx));
    }
}
