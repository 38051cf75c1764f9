using System.Numerics;
using System.Numerics.Tensors;

namespace NativeOpt.Backends.Managed.Losses;

/// <summary>
/// -sum t log p of one row. Logits: p = softmax(y), log p = y - max - log(sum exp(y - max)). Probabilities: p = y / (sum of the
/// row), clipped, as Keras does; the gradient takes the row sum for a constant, which makes no difference behind a softmax. A row
/// whose sum is 0 has p = 0 everywhere. Unclipped, as PyTorch does: p = y; elements whose target is 0 do not count.
/// </summary>
internal static class CategoricalCrossEntropy
{
    /// <summary>Gradient: p (sum t) - t.</summary>
    public static double Logits<T>(in LossRow<T> row, Span<T> scratch) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T sum = Exponentials(row.Y, scratch, out T max);
        T logSum = T.Log(sum);
        double value = 0;
        for (int i = 0; i < row.Y.Length; i++)
            value += double.CreateTruncating(row.T[i] * (logSum - (row.Y[i] - max)));
        if (!row.Dy.IsEmpty)
        {
            T share = TensorPrimitives.Sum(row.T) / sum;
            for (int i = 0; i < row.Y.Length; i++)
                row.Dy[i] = row.Scale * (scratch[i] * share - row.T[i]);
        }
        return value;
    }

    /// <summary>As <see cref="Logits"/> with a target of 1 at the label.</summary>
    public static double SparseLogits<T>(in LossRow<T> row, int label, Span<T> scratch) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T sum = Exponentials(row.Y, scratch, out T max);
        double value = double.CreateTruncating(T.Log(sum) - (row.Y[label] - max));
        if (!row.Dy.IsEmpty)
        {
            scratch[label] -= sum;
            TensorPrimitives.Multiply(scratch, row.Scale / sum, row.Dy);
        }
        return value;
    }

    /// <summary>Gradient: -t / y, and 0 where the clip holds p.</summary>
    public static double Probabilities<T>(in LossRow<T> row) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T sum = Divisor(row.Y);
        double value = 0;
        for (int i = 0; i < row.Y.Length; i++)
        {
            T p = row.Y[i] / sum;
            value -= double.CreateTruncating(row.T[i] * T.Log(Probability.Clip(p)));
            if (!row.Dy.IsEmpty)
                row.Dy[i] = Probability.IsClipped(p) ? T.Zero : -(row.Scale * row.T[i]) / row.Y[i];
        }
        return value;
    }

    /// <summary>As <see cref="Probabilities"/> with a target of 1 at the label.</summary>
    public static double SparseProbabilities<T>(in LossRow<T> row, int label) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T probability = row.Y[label];
        T p = probability / Divisor(row.Y);
        if (!row.Dy.IsEmpty)
        {
            row.Dy.Clear();
            // NaN in any element of the row makes p NaN, and is to be seen in the gradient.
            row.Dy[label] = T.IsNaN(p) ? p : Probability.IsClipped(p) ? T.Zero : -row.Scale / probability;
        }
        return -double.CreateTruncating(T.Log(Probability.Clip(p)));
    }

    /// <summary>Gradient: -t / y.</summary>
    public static double Unclipped<T>(in LossRow<T> row) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double value = 0;
        for (int i = 0; i < row.Y.Length; i++)
        {
            T y = row.Y[i];
            T t = row.T[i];
            // y - y: NaN stays NaN.
            value -= double.CreateTruncating(t == T.Zero ? y - y : t * T.Log(y));
            if (!row.Dy.IsEmpty)
                row.Dy[i] = t == T.Zero ? y - y : -(row.Scale * t) / y;
        }
        return value;
    }

    /// <summary>
    /// What probabilities are divided by: their sum. For a sum of 0 it is infinity, so that p is 0 and is clipped; NaN stays.
    /// </summary>
    public static T Divisor<T>(ReadOnlySpan<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T sum = TensorPrimitives.Sum(y);
        return sum == T.Zero ? T.PositiveInfinity : sum;
    }

    /// <summary>exponentials[i] = exp(y[i] - max); returns their sum.</summary>
    public static T Exponentials<T>(ReadOnlySpan<T> y, Span<T> exponentials, out T max) where T : unmanaged, IFloatingPointIeee754<T>
    {
        max = TensorPrimitives.Max(y);
        TensorPrimitives.Subtract(y, max, exponentials);
        TensorPrimitives.Exp(exponentials, exponentials);
        return TensorPrimitives.Sum<T>(exponentials);
    }
}
