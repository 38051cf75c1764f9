using System.Numerics;
using NativeOpt.Backends.Managed.Optimizers;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed;

/// <summary>Adaptive gradient clipping (Brock et al. 2021, https://arxiv.org/abs/2102.06171): each column is a unit.</summary>
internal static unsafe class AdaptiveClip
{
    public static void Run(NoptAdaptiveClipArgs* args, Scratch scratch)
    {
        if ((NoptDtype)args->W.Dtype == NoptDtype.F64)
            Run<double>(args, scratch);
        else
            Run<float>(args, scratch);
    }

    private static void Run<T>(NoptAdaptiveClipArgs* args, Scratch scratch) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var w = new MatrixRows<T>(args->W);
        var g = new MatrixRows<T>(args->G);
        var y = new MatrixRows<T>(args->Y);
        var prologue = new StepPrologue<T>(
            new NoptPrologue { GradientScale = args->GradientScale, L1 = args->L1, L2 = args->L2, WeightFactor = 1 },
            (args->Flags & (uint)NoptGradientFlags.IgnoreNonFinite) != 0 ? NoptStepFlags.IgnoreNonFinite : 0);
        double* memory = scratch.Get<double>(Scratch.Purpose.Row, 2L * w.Columns);
        var squares = new Span<double>(memory, w.Columns);
        var weightSquares = new Span<double>(memory + w.Columns, w.Columns);
        squares.Clear();
        weightSquares.Clear();
        for (long row = 0; row < w.Rows; row++)
            for (int column = 0; column < w.Columns; column++)
            {
                double gradient = double.CreateTruncating(prologue.Penalize(w[row][column], g[row][column]));
                double weight = double.CreateTruncating(w[row][column]);
                squares[column] += gradient * gradient;
                weightSquares[column] += weight * weight;
            }
        for (int column = 0; column < w.Columns; column++)
            squares[column] = FactorOf(Math.Sqrt(squares[column]), Math.Sqrt(weightSquares[column]), args->Clipping, args->Epsilon);
        for (long row = 0; row < w.Rows; row++)
            for (int column = 0; column < w.Columns; column++)
            {
                T factor = T.CreateTruncating(squares[column]);
                T gradient = prologue.Penalize(w[row][column], g[row][column]);
                y[row][column] = factor == T.One ? gradient : gradient * factor;
            }
    }

    private static double FactorOf(double norm, double weightNorm, double clipping, double epsilon)
    {
        double limit = clipping * (weightNorm < epsilon ? epsilon : weightNorm);
        // The 1e-6 keeps a limit of 0 from dividing 0 by 0; NaN stays NaN.
        return norm < limit ? 1 : limit / (norm < 1e-6 ? 1e-6 : norm);
    }
}
