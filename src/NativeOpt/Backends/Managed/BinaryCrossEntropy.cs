using System.Numerics;

namespace NativeOpt.Backends.Managed;

/// <summary>-sum (t log p + (1 - t) log(1 - p)) / c of one row.</summary>
internal static class BinaryCrossEntropy
{
    /// <summary>
    /// p = y, clipped to [1e-7, 1 - 1e-7] as Keras does; the gradient, (p - t) / (p (1 - p)) / c, is 0 where the clip holds p.
    /// </summary>
    public static double Probabilities<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> t, Span<T> dy, T scale)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T factor = scale / T.CreateTruncating(y.Length);
        double sum = 0;
        for (int i = 0; i < y.Length; i++)
        {
            T value = y[i];
            T p = Probability.Clip(value);
            sum -= double.CreateTruncating(t[i] * T.Log(p) + (T.One - t[i]) * T.Log(T.One - p));
            if (!dy.IsEmpty)
                dy[i] = Probability.IsClipped(value) ? T.Zero : factor * ((p - t[i]) / (p * (T.One - p)));
        }
        return sum / y.Length;
    }

    /// <summary>
    /// p = sigmoid(y). The value is max(y, 0) - y t + log(1 + exp(-|y|)), which neither overflows nor cancels; the gradient is
    /// (p - t) / c.
    /// </summary>
    public static double Logits<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> t, Span<T> dy, T scale) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T factor = scale / T.CreateTruncating(y.Length);
        double sum = 0;
        for (int i = 0; i < y.Length; i++)
        {
            T z = y[i];
            T e = T.Exp(-T.Abs(z));
            sum += double.CreateTruncating(T.Max(z, T.Zero) - z * t[i] + T.LogP1(e));
            // sigmoid: 1 / (1 + e) on the positive side, e / (1 + e) on the negative one.
            T p = (z < T.Zero ? e : T.One) / (T.One + e);
            if (!dy.IsEmpty)
                dy[i] = factor * (p - t[i]);
        }
        return sum / y.Length;
    }
}
