using System.Numerics;
using NativeOpt.Backends.Managed.Optimizers;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed;

/// <summary>Gradient centralization (Yong et al. 2020, https://arxiv.org/abs/2004.01461): each column less its mean.</summary>
internal static unsafe class Centralize
{
    public static void Run(NoptCentralizeArgs* args, Scratch scratch)
    {
        if ((NoptDtype)args->W.Dtype == NoptDtype.F64)
            Run<double>(args, scratch);
        else
            Run<float>(args, scratch);
    }

    private static void Run<T>(NoptCentralizeArgs* args, Scratch scratch) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var w = new MatrixRows<T>(args->W);
        var g = new MatrixRows<T>(args->G);
        var y = new MatrixRows<T>(args->Y);
        var prologue = new StepPrologue<T>(
            *args->Prologue, (args->Flags & (uint)NoptGradientFlags.IgnoreNonFinite) != 0 ? NoptStepFlags.IgnoreNonFinite : 0);
        var means = new Span<double>(scratch.Get<double>(Scratch.Purpose.Row, w.Columns), w.Columns);
        means.Clear();
        for (long row = 0; row < w.Rows; row++)
            for (int column = 0; column < w.Columns; column++)
                means[column] += double.CreateTruncating(prologue.Penalize(w[row][column], g[row][column]));
        for (int column = 0; column < w.Columns; column++)
            means[column] /= w.Rows;
        for (long row = 0; row < w.Rows; row++)
            for (int column = 0; column < w.Columns; column++)
                y[row][column] = prologue.Penalize(w[row][column], g[row][column]) - T.CreateTruncating(means[column]);
    }
}
