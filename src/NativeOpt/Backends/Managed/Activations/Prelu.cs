using System.Numerics;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Activations;

/// <summary>PReLU: x > 0: x, else slope x with a slope for each column, or one for all (He et al. 2015).</summary>
internal static unsafe class Prelu
{
    // Sums over a whole matrix have one accumulator for each position in a line, added as a tree, as in the native core.
    private const int Line = 16;

    /// <summary>y = f(x).</summary>
    public static void Run<T>(NoptActivationArgs* args) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var x = new MatrixRows<T>(args->X);
        Select(x, x, new MatrixRows<T>(args->Slopes), new MatrixRows<T>(args->Y));
    }

    /// <summary>Gradients of slopes and input; the slopes' first, because dx may be dy.</summary>
    public static void RunBackward<T>(NoptActivationBackwardArgs* args) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var x = new MatrixRows<T>(args->X);
        var dy = new MatrixRows<T>(args->Dy);
        var dslopes = new MatrixRows<T>(args->Dslopes);
        if (dslopes.IsPresent)
        {
            bool accumulate = (args->Flags & (uint)NoptBackwardFlags.Accumulate) != 0;
            if (dslopes.Columns == 1)
                dslopes[0][0] = accumulate ? dslopes[0][0] + SumOfAll(x, dy) : SumOfAll(x, dy);
            else
                SumRows(x, dy, dslopes[0], accumulate);
        }
        if (args->Dx.Data != null)
            Select(x, dy, new MatrixRows<T>(args->Slopes), new MatrixRows<T>(args->Dx));
    }

    /// <summary>y = x > 0: v, else slope v.</summary>
    private static void Select<T>(in MatrixRows<T> x, in MatrixRows<T> v, in MatrixRows<T> slopes, in MatrixRows<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> slope = slopes[0];
        for (long row = 0; row < x.Rows; row++)
        {
            Span<T> input = x[row];
            Span<T> value = v[row];
            Span<T> output = y[row];
            for (int i = 0; i < input.Length; i++)
                output[i] = input[i] > T.Zero ? value[i] : value[i] * slope[slope.Length == 1 ? 0 : i];
        }
    }

    private static T SlopeGradient<T>(T x, T dy) where T : unmanaged, IFloatingPointIeee754<T> => x > T.Zero ? T.Zero : x * dy;

    private static void SumRows<T>(in MatrixRows<T> x, in MatrixRows<T> dy, Span<T> dslopes, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int column = 0; column < dslopes.Length; column++)
        {
            T total = T.Zero;
            for (long row = 0; row < x.Rows; row++)
                total += SlopeGradient(x[row][column], dy[row][column]);
            dslopes[column] = accumulate ? dslopes[column] + total : total;
        }
    }

    private static T SumOfAll<T>(in MatrixRows<T> x, in MatrixRows<T> dy) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> sums = stackalloc T[Line];
        sums.Clear();
        for (long row = 0; row < x.Rows; row++)
            for (int i = 0; i < x.Columns; i++)
                sums[i % Line] += SlopeGradient(x[row][i], dy[row][i]);
        for (int width = Line / 2; width > 0; width /= 2)
            for (int i = 0; i < width; i++)
                sums[i] += sums[i + width];
        return sums[0];
    }
}
