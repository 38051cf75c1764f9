using System.Numerics;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed;

/// <summary>
/// y = (x - mean) inverse gamma + beta with inverse = 1 / sqrt(variance + epsilon). Batch normalization: Ioffe and Szegedy 2015,
/// algorithm 1. Layer normalization: Ba, Kiros and Hinton 2016. Without a mean: Zhang and Sennrich 2019.
/// </summary>
internal static unsafe class NormalizationForward
{
    public static void Run(NoptNormalizationForwardArgs* args, Scratch scratch)
    {
        if ((NoptDtype)args->X.Dtype == NoptDtype.F64)
            Run<double>(args, scratch);
        else
            Run<float>(args, scratch);
    }

    private static void Run<T>(NoptNormalizationForwardArgs* args, Scratch scratch) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (args->Normalization == (int)NoptNormalization.Batch)
            RunBatch<T>(args, scratch);
        else
            RunRows<T>(args);
    }

    private static void RunBatch<T>(NoptNormalizationForwardArgs* args, Scratch scratch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var x = new MatrixRows<T>(args->X);
        var y = new MatrixRows<T>(args->Y);
        int columns = x.Columns;
        var memory = new Span<T>(scratch.Get<T>(Scratch.Purpose.Row, 3L * columns), 3 * columns);
        Span<T> mean = memory[..columns];
        Span<T> variance = memory[columns..(2 * columns)];
        Span<T> inverse = memory[(2 * columns)..];
        if ((args->Flags & (uint)NoptNormalizationFlags.Fixed) != 0)
        {
            new MatrixRows<T>(args->MovingMean)[0].CopyTo(mean);
            new MatrixRows<T>(args->MovingVariance)[0].CopyTo(variance);
        }
        else
        {
            Measure(x, mean, variance);
            Move(args, mean, variance);
        }
        T epsilon = T.CreateTruncating(args->Epsilon);
        for (int c = 0; c < columns; c++)
            inverse[c] = T.One / T.Sqrt(variance[c] + epsilon);
        if (args->Mean.Data != null)
            mean.CopyTo(new MatrixRows<T>(args->Mean)[0]);
        if (args->Inverse.Data != null)
            inverse.CopyTo(new MatrixRows<T>(args->Inverse)[0]);
        var gamma = new MatrixRows<T>(args->Gamma);
        var beta = new MatrixRows<T>(args->Beta);
        for (long row = 0; row < x.Rows; row++)
        {
            Span<T> from = x[row], to = y[row];
            for (int c = 0; c < columns; c++)
                to[c] = Scale((from[c] - mean[c]) * inverse[c], gamma, beta, c);
        }
    }

    private static T Scale<T>(T normalized, in MatrixRows<T> gamma, in MatrixRows<T> beta, int column)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T scaled = gamma.IsPresent ? normalized * gamma.Data[column] : normalized;
        return beta.IsPresent ? scaled + beta.Data[column] : scaled;
    }

    private static void Measure<T>(in MatrixRows<T> x, Span<T> mean, Span<T> variance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T rows = T.CreateTruncating(x.Rows);
        mean.Clear();
        variance.Clear();
        for (long row = 0; row < x.Rows; row++)
        {
            Span<T> from = x[row];
            for (int c = 0; c < mean.Length; c++)
                mean[c] += from[c];
        }
        foreach (ref T element in mean)
            element /= rows;
        for (long row = 0; row < x.Rows; row++)
        {
            Span<T> from = x[row];
            for (int c = 0; c < mean.Length; c++)
            {
                T distance = from[c] - mean[c];
                variance[c] += distance * distance;
            }
        }
        foreach (ref T element in variance)
            element /= rows;
    }

    private static void Move<T>(NoptNormalizationForwardArgs* args, ReadOnlySpan<T> mean, ReadOnlySpan<T> variance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (args->MovingMean.Data == null)
            return;
        T momentum = T.CreateTruncating(args->Momentum);
        T rest = T.CreateTruncating(1 - args->Momentum);
        bool isUnbiased = (args->Flags & (uint)NoptNormalizationFlags.Unbiased) != 0 && args->X.Rows > 1;
        T factor = T.CreateTruncating(isUnbiased ? args->X.Rows / (args->X.Rows - 1.0) : 1.0);
        Span<T> movingMean = new MatrixRows<T>(args->MovingMean)[0];
        Span<T> movingVariance = new MatrixRows<T>(args->MovingVariance)[0];
        for (int c = 0; c < mean.Length; c++)
        {
            movingMean[c] = movingMean[c] * momentum + mean[c] * rest;
            movingVariance[c] = movingVariance[c] * momentum + variance[c] * factor * rest;
        }
    }

    private static void RunRows<T>(NoptNormalizationForwardArgs* args) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var x = new MatrixRows<T>(args->X);
        var y = new MatrixRows<T>(args->Y);
        var gamma = new MatrixRows<T>(args->Gamma);
        var beta = new MatrixRows<T>(args->Beta);
        var means = new MatrixRows<T>(args->Mean);
        var inverses = new MatrixRows<T>(args->Inverse);
        bool isCentred = args->Normalization == (int)NoptNormalization.Layer;
        T epsilon = T.CreateTruncating(args->Epsilon);
        for (long row = 0; row < x.Rows; row++)
        {
            Span<T> from = x[row], to = y[row];
            (T mean, T variance) = MeasureRow(from, isCentred);
            T inverse = T.One / T.Sqrt(variance + epsilon);
            if (means.IsPresent)
                means[row][0] = mean;
            if (inverses.IsPresent)
                inverses[row][0] = inverse;
            for (int c = 0; c < from.Length; c++)
                to[c] = Scale((from[c] - mean) * inverse, gamma, beta, c);
        }
    }

    private static (T Mean, T Variance) MeasureRow<T>(ReadOnlySpan<T> x, bool isCentred)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var sum = new LineSum<T>();
        T count = T.CreateTruncating(x.Length);
        T mean = T.Zero;
        if (isCentred)
        {
            for (int c = 0; c < x.Length; c++)
                sum.Add(c, x[c]);
            mean = sum.Total() / count;
        }
        for (int c = 0; c < x.Length; c++)
        {
            T distance = x[c] - mean;
            sum.Add(c, distance * distance);
        }
        return (mean, sum.Total() / count);
    }
}
