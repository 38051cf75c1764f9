using System.Numerics;
using System.Numerics.Tensors;

namespace NativeOpt.Backends.Managed.Losses;

/// <summary>Losses of a row as a whole.</summary>
internal static class SimilarityLosses
{
    /// <summary>
    /// -cos, cos = y t / (max(|y|, epsilon) max(|t|, epsilon)). Gradient cos y / |y|^2 - t / (|y| |t|); where |y| is at most
    /// epsilon the first term is 0. Both are divided by their largest element, so that squares neither overflow nor vanish.
    /// </summary>
    public static double Cosine<T>(in LossRow<T> row, T epsilon) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T ySize = SizeOf(row.Y);
        T tSize = SizeOf(row.T);
        T product = T.Zero, ySquares = T.Zero, tSquares = T.Zero;
        for (int i = 0; i < row.Y.Length; i++)
        {
            T y = row.Y[i] / ySize;
            T t = row.T[i] / tSize;
            product += y * t;
            ySquares += y * y;
            tSquares += t * t;
        }
        T yLength = T.Sqrt(ySquares);
        T yLimit = epsilon / ySize;
        T lengths = T.Max(yLength, yLimit) * T.Max(T.Sqrt(tSquares), epsilon / tSize);
        T cosine = product / lengths;
        T own = yLength > yLimit ? cosine / ySquares : T.Zero;
        T other = T.One / lengths;
        T factor = row.Scale / ySize;
        for (int i = 0; i < row.Dy.Length; i++)
            row.Dy[i] = factor * (own * (row.Y[i] / ySize) - other * (row.T[i] / tSize));
        return -double.CreateTruncating(cosine);
    }

    /// <summary>
    /// max(wrong - right + 1, 0), right = sum t y, wrong = max (1 - t) y. Gradient where it is above 0: -t, and 1 - t more at the
    /// (first) largest. NaN makes the whole row NaN.
    /// </summary>
    public static double CategoricalHinge<T>(in LossRow<T> row) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T right = T.Zero;
        T wrong = T.NegativeInfinity;
        int at = 0;
        for (int i = 0; i < row.Y.Length; i++)
        {
            right += row.T[i] * row.Y[i];
            T other = row.Y[i] * (T.One - row.T[i]);
            if (other > wrong || T.IsNaN(other))
                (wrong, at) = (other, i);
        }
        T value = wrong - right + T.One;
        T scale = value <= T.Zero ? T.Zero : value > T.Zero ? row.Scale : value;
        for (int i = 0; i < row.Dy.Length; i++)
            row.Dy[i] = -(scale * row.T[i]);
        if (!row.Dy.IsEmpty)
            row.Dy[at] += scale * (T.One - row.T[at]);
        return value <= T.Zero ? 0 : double.CreateTruncating(value);
    }

    private static T SizeOf<T>(ReadOnlySpan<T> values) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T size = T.Abs(TensorPrimitives.MaxMagnitude(values));
        return size == T.Zero ? T.One : size;
    }
}
