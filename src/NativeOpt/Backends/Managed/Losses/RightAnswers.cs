using System.Numerics;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Losses;

/// <summary>Counts right answers of a row.</summary>
internal static class RightAnswers
{
    public static long Count<T>(in LossSettings<T> settings, ReadOnlySpan<T> y, in NoptMatrix targets, long row)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (settings.IsSparse)
            return IndexOfLargest(y) == CategoricalTargets.Label(targets, row) ? 1 : 0;
        ReadOnlySpan<T> t = new MatrixRows<T>(targets)[row];
        if (!settings.IsBinary)
            return IndexOfLargest(y) == IndexOfLargest(t) ? 1 : 0;
        T half = T.CreateTruncating(0.5);
        T threshold = settings.Has(NoptLossFlags.FromLogits) ? T.Zero : half;
        long correct = 0;
        for (int i = 0; i < y.Length; i++)
            correct += (y[i] > threshold) == (t[i] > half) ? 1 : 0;
        return correct;
    }

    /// <summary>The first of equals.</summary>
    private static int IndexOfLargest<T>(ReadOnlySpan<T> values) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int largest = 0;
        for (int i = 1; i < values.Length; i++)
            if (values[i] > values[largest])
                largest = i;
        return largest;
    }
}
