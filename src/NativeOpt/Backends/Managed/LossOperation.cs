using System.Numerics;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed;

/// <summary>The loss operation: row by row the value, the gradient and the number of right answers. Sums are in double.</summary>
internal static unsafe class LossOperation
{
    public static void Run(NoptLossArgs* args, Scratch scratch)
    {
        if ((NoptDtype)args->Y.Dtype == NoptDtype.F64)
            Run<double>(args, scratch);
        else
            Run<float>(args, scratch);
    }

    private static void Run<T>(NoptLossArgs* args, Scratch scratch) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var y = new MatrixRows<T>(args->Y);
        var dy = new MatrixRows<T>(args->Dy);
        var weights = new MatrixRows<T>(args->SampleWeights);
        var row = new Span<T>(scratch.Get<T>(Scratch.Purpose.Row, y.Columns), y.Columns);
        double sum = 0;
        long correct = 0;
        for (long i = 0; i < y.Rows; i++)
        {
            double weight = weights.IsPresent ? double.CreateTruncating(weights[i][0]) : 1;
            T scale = T.CreateTruncating(args->GradientScale * weight);
            // Counted first: dy may be y.
            if (args->CorrectCount != null)
                correct += CountCorrect<T>(args, y[i], i);
            Span<T> gradient = dy.IsPresent ? dy[i] : default;
            sum += weight * Row(args, y[i], i, gradient, scale, row);
        }
        if (args->LossSum != null)
            *args->LossSum = sum;
        if (args->CorrectCount != null)
            *args->CorrectCount = correct;
    }

    /// <summary>The value of one row; writes its gradient where the span is not empty.</summary>
    private static double Row<T>(NoptLossArgs* args, ReadOnlySpan<T> y, long row, Span<T> dy, T scale, Span<T> scratch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool logits = FromLogits(args);
        if (IsSparse(args))
        {
            int label = Label(args, row);
            return logits
                ? CategoricalCrossEntropy.SparseLogits(y, label, dy, scale, scratch)
                : CategoricalCrossEntropy.SparseProbabilities(y, label, dy, scale);
        }
        ReadOnlySpan<T> t = new MatrixRows<T>(args->Targets)[row];
        if ((NoptLoss)args->Loss == NoptLoss.CategoricalCrossEntropy)
            return logits
                ? CategoricalCrossEntropy.Logits(y, t, dy, scale, scratch)
                : CategoricalCrossEntropy.Probabilities(y, t, dy, scale);
        if ((NoptLoss)args->Loss == NoptLoss.BinaryCrossEntropy)
            return logits ? BinaryCrossEntropy.Logits(y, t, dy, scale) : BinaryCrossEntropy.Probabilities(y, t, dy, scale);
        return SquaredError(y, t, dy, scale);
    }

    /// <summary>sum (y - t)^2 / c; gradient 2 (y - t) / c.</summary>
    private static double SquaredError<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> t, Span<T> dy, T scale)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T factor = T.CreateTruncating(2) * scale / T.CreateTruncating(y.Length);
        double sum = 0;
        for (int i = 0; i < y.Length; i++)
        {
            T difference = y[i] - t[i];
            double wide = double.CreateTruncating(difference);
            sum += wide * wide;
            if (!dy.IsEmpty)
                dy[i] = factor * difference;
        }
        return sum / y.Length;
    }

    private static long CountCorrect<T>(NoptLossArgs* args, ReadOnlySpan<T> y, long row) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (IsSparse(args))
            return IndexOfLargest(y) == Label(args, row) ? 1 : 0;
        ReadOnlySpan<T> t = new MatrixRows<T>(args->Targets)[row];
        if ((NoptLoss)args->Loss == NoptLoss.CategoricalCrossEntropy)
            return IndexOfLargest(y) == IndexOfLargest(t) ? 1 : 0;
        T half = T.CreateTruncating(0.5);
        T threshold = FromLogits(args) ? T.Zero : half;
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

    private static bool IsSparse(NoptLossArgs* args) => (NoptLoss)args->Loss == NoptLoss.SparseCategoricalCrossEntropy;

    private static bool FromLogits(NoptLossArgs* args) => (args->Flags & (uint)NoptLossFlags.FromLogits) != 0;

    private static int Label(NoptLossArgs* args, long row) => ((int*)args->Targets.Data)[row * args->Targets.Stride];
}
