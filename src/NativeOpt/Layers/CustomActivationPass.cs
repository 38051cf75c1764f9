using System.Numerics;
using NativeOpt.Backends.Managed;
using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt.Layers;

/// <summary>The calls of an activation of the user's that a plan runs between its operations.</summary>
internal static class CustomActivationPass
{
    /// <summary>Appends y = f(x) to a plan. x and y may be the same memory.</summary>
    public static void AddForward(this CustomActivation activation, NetworkPlan plan, NoptMatrix x, NoptMatrix y)
    {
        if (x.Dtype == (int)NoptDtype.F64)
            AddForward<double>(activation, plan, x, y);
        else
            AddForward<float>(activation, plan, x, y);
    }

    /// <summary>Appends dx = dy f'(x) to a plan. dx and dy may be the same memory.</summary>
    public static void AddBackward(
        this CustomActivation activation, NetworkPlan plan, NoptMatrix x, NoptMatrix y, NoptMatrix dy, NoptMatrix dx)
    {
        if (x.Dtype == (int)NoptDtype.F64)
            AddBackward<double>(activation, plan, x, y, dy, dx);
        else
            AddBackward<float>(activation, plan, x, y, dy, dx);
    }

    // Results go through an array, so that the user's code does not see its input change.
    private static void AddForward<T>(CustomActivation activation, NetworkPlan plan, NoptMatrix x, NoptMatrix y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var result = new T[x.Columns];
        plan.AddCall(rows =>
        {
            for (int row = 0; row < rows; row++)
            {
                activation.Apply<T>(new MatrixRows<T>(x)[row], result);
                result.CopyTo(new MatrixRows<T>(y)[row]);
            }
        });
    }

    private static void AddBackward<T>(
        CustomActivation activation, NetworkPlan plan, NoptMatrix x, NoptMatrix y, NoptMatrix dy, NoptMatrix dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var result = new T[x.Columns];
        plan.AddCall(rows =>
        {
            for (int row = 0; row < rows; row++)
            {
                activation.Differentiate<T>(
                    new MatrixRows<T>(x)[row], new MatrixRows<T>(y)[row], new MatrixRows<T>(dy)[row], result);
                result.CopyTo(new MatrixRows<T>(dx)[row]);
            }
        });
    }
}
