using System.Numerics;

namespace NativeOpt.Optimizers.Closure;

/// <summary>Vectors of any length in float or double. Sums are formed in double.</summary>
internal static class DenseVector
{
    /// <summary>x . y.</summary>
    public static double Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Four sums do not wait for each other; their order is fixed.
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        int i = 0;
        for (; i <= x.Length - 4; i += 4)
        {
            s0 += double.CreateTruncating(x[i]) * double.CreateTruncating(y[i]);
            s1 += double.CreateTruncating(x[i + 1]) * double.CreateTruncating(y[i + 1]);
            s2 += double.CreateTruncating(x[i + 2]) * double.CreateTruncating(y[i + 2]);
            s3 += double.CreateTruncating(x[i + 3]) * double.CreateTruncating(y[i + 3]);
        }
        for (; i < x.Length; i++)
            s0 += double.CreateTruncating(x[i]) * double.CreateTruncating(y[i]);
        return s0 + s1 + (s2 + s3);
    }

    /// <summary>y = y + a x.</summary>
    public static void AddScaled<T>(Span<T> y, double a, ReadOnlySpan<T> x) where T : unmanaged, IFloatingPointIeee754<T> =>
        Combine(y, y, a, x);

    /// <summary>result = y + a x; may be y itself.</summary>
    public static void Combine<T>(Span<T> result, ReadOnlySpan<T> y, double a, ReadOnlySpan<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T factor = T.CreateTruncating(a);
        var factors = new Vector<T>(factor);
        int i = 0;
        for (; i <= y.Length - Vector<T>.Count; i += Vector<T>.Count)
            (new Vector<T>(y[i..]) + factors * new Vector<T>(x[i..])).CopyTo(result[i..]);
        for (; i < y.Length; i++)
            result[i] = y[i] + factor * x[i];
    }

    /// <summary>result = a x; may be x itself.</summary>
    public static void Scale<T>(Span<T> result, double a, ReadOnlySpan<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T factor = T.CreateTruncating(a);
        for (int i = 0; i < x.Length; i++)
            result[i] = factor * x[i];
    }

    /// <summary>The largest |x|; NaN if there is one.</summary>
    public static double MaxAbs<T>(ReadOnlySpan<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T largest = T.Zero;
        foreach (T element in x)
            largest = T.Max(largest, T.Abs(element));
        return double.CreateTruncating(largest);
    }

    /// <summary>The sum of |x|.</summary>
    public static double SumAbs<T>(ReadOnlySpan<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double sum = 0;
        foreach (T element in x)
            sum += Math.Abs(double.CreateTruncating(element));
        return sum;
    }
}
