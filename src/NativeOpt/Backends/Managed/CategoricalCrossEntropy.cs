using System.Numerics;
using System.Numerics.Tensors;

namespace NativeOpt.Backends.Managed;

/// <summary>
/// -sum t log p of one row. Logits: p = softmax(y), log p = y - max - log(sum exp(y - max)). Probabilities: p = y / (sum of the
/// row), clipped, as Keras does; the gradient takes the row sum for a constant, which makes no difference behind a softmax. A row
/// whose sum is 0 has p = 0 everywhere.
/// </summary>
internal static class CategoricalCrossEntropy
{
    /// <summary>Gradient: p (sum t) - t.</summary>
    public static double Logits<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> t, Span<T> dy, T scale, Span<T> scratch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T sum = Exponentials(y, scratch, out T max);
        T logSum = T.Log(sum);
        double value = 0;
        for (int i = 0; i < y.Length; i++)
            value += double.CreateTruncating(t[i] * (logSum - (y[i] - max)));
        if (!dy.IsEmpty)
        {
            T share = TensorPrimitives.Sum(t) / sum;
            for (int i = 0; i < y.Length; i++)
                dy[i] = scale * (scratch[i] * share - t[i]);
        }
        return value;
    }

    /// <summary>As <see cref="Logits"/> with a target of 1 at the label.</summary>
    public static double SparseLogits<T>(ReadOnlySpan<T> y, int label, Span<T> dy, T scale, Span<T> scratch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T sum = Exponentials(y, scratch, out T max);
        double value = double.CreateTruncating(T.Log(sum) - (y[label] - max));
        if (!dy.IsEmpty)
        {
            scratch[label] -= sum;
            TensorPrimitives.Multiply(scratch, scale / sum, dy);
        }
        return value;
    }

    /// <summary>Gradient: -t / y, and 0 where the clip holds p.</summary>
    public static double Probabilities<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> t, Span<T> dy, T scale)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T sum = Divisor(y);
        double value = 0;
        for (int i = 0; i < y.Length; i++)
        {
            T p = y[i] / sum;
            value -= double.CreateTruncating(t[i] * T.Log(Probability.Clip(p)));
            if (!dy.IsEmpty)
                dy[i] = Probability.IsClipped(p) ? T.Zero : -(scale * t[i]) / y[i];
        }
        return value;
    }

    /// <summary>As <see cref="Probabilities"/> with a target of 1 at the label.</summary>
    public static double SparseProbabilities<T>(ReadOnlySpan<T> y, int label, Span<T> dy, T scale)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T probability = y[label];
        T p = probability / Divisor(y);
        if (!dy.IsEmpty)
        {
            dy.Clear();
            // NaN in any element of the row makes p NaN, and is to be seen in the gradient.
            dy[label] = T.IsNaN(p) ? p : Probability.IsClipped(p) ? T.Zero : -scale / probability;
        }
        return -double.CreateTruncating(T.Log(Probability.Clip(p)));
    }

    /// <summary>
    /// What probabilities are divided by: their sum. For a sum of 0 it is infinity, so that p is 0 and is clipped; NaN stays.
    /// </summary>
    private static T Divisor<T>(ReadOnlySpan<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T sum = TensorPrimitives.Sum(y);
        return sum == T.Zero ? T.PositiveInfinity : sum;
    }

    /// <summary>exponentials[i] = exp(y[i] - max); returns their sum.</summary>
    private static T Exponentials<T>(ReadOnlySpan<T> y, Span<T> exponentials, out T max) where T : unmanaged, IFloatingPointIeee754<T>
    {
        max = TensorPrimitives.Max(y);
        TensorPrimitives.Subtract(y, max, exponentials);
        TensorPrimitives.Exp(exponentials, exponentials);
        return TensorPrimitives.Sum<T>(exponentials);
    }
}
