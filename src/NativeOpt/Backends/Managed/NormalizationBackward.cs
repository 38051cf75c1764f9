using System.Numerics;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed;

/// <summary>Gradients of the normalizations. With g = dy gamma, n the normalized x and means over the batch or over the row:
/// dx = inverse (g - mean g - n mean(g n)), dgamma = sum dy n, dbeta = sum dy.</summary>
internal static unsafe class NormalizationBackward
{
    public static void Run(NoptNormalizationBackwardArgs* args, Scratch scratch)
    {
        if ((NoptDtype)args->X.Dtype == NoptDtype.F64)
            Run<double>(args, scratch);
        else
            Run<float>(args, scratch);
    }

    private static void Run<T>(NoptNormalizationBackwardArgs* args, Scratch scratch) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int columns = (int)args->X.Columns;
        var memory = new Span<T>(scratch.Get<T>(Scratch.Purpose.Row, 2L * columns), 2 * columns);
        Span<T> dySum = memory[..columns];
        Span<T> dyxSum = memory[columns..];
        bool isBatch = args->Normalization == (int)NoptNormalization.Batch;
        SumColumns(args, isBatch, dySum, dyxSum);
        bool accumulate = (args->Flags & (uint)NoptNormalizationFlags.Accumulate) != 0;
        Write(new MatrixRows<T>(args->Dbeta), dySum, accumulate);
        Write(new MatrixRows<T>(args->Dgamma), dyxSum, accumulate);
        if (args->Dx.Data == null)
            return;
        if (isBatch)
            DifferentiateBatch(args, dySum, dyxSum);
        else
            DifferentiateRows<T>(args);
    }

    /// <summary>Sums over the rows of dy and of dy n, row after row.</summary>
    private static void SumColumns<T>(NoptNormalizationBackwardArgs* args, bool isBatch, Span<T> dySum, Span<T> dyxSum)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var x = new MatrixRows<T>(args->X);
        var dy = new MatrixRows<T>(args->Dy);
        var means = new MatrixRows<T>(args->Mean);
        var inverses = new MatrixRows<T>(args->Inverse);
        dySum.Clear();
        dyxSum.Clear();
        for (long row = 0; row < x.Rows; row++)
        {
            Span<T> from = x[row], g = dy[row];
            for (int c = 0; c < from.Length; c++)
            {
                T mean = !means.IsPresent ? T.Zero : isBatch ? means.Data[c] : means[row][0];
                T inverse = isBatch ? inverses.Data[c] : inverses[row][0];
                dySum[c] += g[c];
                dyxSum[c] += g[c] * ((from[c] - mean) * inverse);
            }
        }
    }

    private static void Write<T>(in MatrixRows<T> sum, ReadOnlySpan<T> total, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!sum.IsPresent)
            return;
        Span<T> to = sum[0];
        for (int c = 0; c < to.Length; c++)
            to[c] = accumulate ? to[c] + total[c] : total[c];
    }

    private static void DifferentiateBatch<T>(NoptNormalizationBackwardArgs* args, Span<T> dyMean, Span<T> dyxMean)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var x = new MatrixRows<T>(args->X);
        var dy = new MatrixRows<T>(args->Dy);
        var dx = new MatrixRows<T>(args->Dx);
        var gamma = new MatrixRows<T>(args->Gamma);
        ReadOnlySpan<T> mean = new MatrixRows<T>(args->Mean)[0];
        ReadOnlySpan<T> inverse = new MatrixRows<T>(args->Inverse)[0];
        bool isFixed = (args->Flags & (uint)NoptNormalizationFlags.Fixed) != 0;
        T rows = T.CreateTruncating(x.Rows);
        for (int c = 0; c < dyMean.Length; c++)
            (dyMean[c], dyxMean[c]) = isFixed ? (T.Zero, T.Zero) : (dyMean[c] / rows, dyxMean[c] / rows);
        for (long row = 0; row < x.Rows; row++)
        {
            Span<T> from = x[row], g = dy[row], to = dx[row];
            for (int c = 0; c < from.Length; c++)
            {
                T value = ((g[c] - dyMean[c]) - (from[c] - mean[c]) * inverse[c] * dyxMean[c]) * inverse[c];
                to[c] = gamma.IsPresent ? value * gamma.Data[c] : value;
            }
        }
    }

    private static void DifferentiateRows<T>(NoptNormalizationBackwardArgs* args) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var x = new MatrixRows<T>(args->X);
        var dy = new MatrixRows<T>(args->Dy);
        var dx = new MatrixRows<T>(args->Dx);
        var gamma = new MatrixRows<T>(args->Gamma);
        var means = new MatrixRows<T>(args->Mean);
        var inverses = new MatrixRows<T>(args->Inverse);
        var gSum = new LineSum<T>();
        var gxSum = new LineSum<T>();
        bool isCentred = args->Normalization == (int)NoptNormalization.Layer;
        T count = T.CreateTruncating(x.Columns);
        for (long row = 0; row < x.Rows; row++)
        {
            Span<T> from = x[row], upstream = dy[row], to = dx[row];
            T mean = means.IsPresent ? means[row][0] : T.Zero;
            T inverse = inverses[row][0];
            for (int c = 0; c < from.Length; c++)
            {
                T g = gamma.IsPresent ? upstream[c] * gamma.Data[c] : upstream[c];
                to[c] = g;
                gSum.Add(c, g);
                gxSum.Add(c, g * ((from[c] - mean) * inverse));
            }
            (T gMean, T gxMean) = (gSum.Total() / count, gxSum.Total() / count);
            for (int c = 0; c < from.Length; c++)
                to[c] = ((to[c] - (isCentred ? gMean : T.Zero)) - (from[c] - mean) * inverse * gxMean) * inverse;
        }
    }
}
