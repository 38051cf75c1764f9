using System.Numerics;

namespace NativeOpt.Backends.Managed.Losses;

/// <summary>A loss whose row value is a sum over the columns of a function of y and t.</summary>
internal interface IElementLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>What slopes are multiplied by.</summary>
    static abstract T SlopeFactor { get; }

    /// <summary>The value of an element; its derivative is <see cref="SlopeFactor"/> times the slope.</summary>
    T Value(T y, T t, out T slope);
}

/// <summary>The walk along a row of these losses.</summary>
internal static class ElementwiseLoss
{
    /// <summary>The mean over the columns; writes the gradient where the span is not empty.</summary>
    public static double Mean<T, TLoss>(in TLoss loss, in LossRow<T> row)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TLoss : struct, IElementLoss<T> => Sum(loss, row, row.Y.Length);

    /// <summary>The sum over the columns divided by <paramref name="divisor"/>.</summary>
    public static double Sum<T, TLoss>(in TLoss loss, in LossRow<T> row, int divisor)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TLoss : struct, IElementLoss<T>
    {
        T factor = TLoss.SlopeFactor * row.Scale / T.CreateTruncating(divisor);
        double sum = 0;
        for (int i = 0; i < row.Y.Length; i++)
        {
            sum += double.CreateTruncating(loss.Value(row.Y[i], row.T[i], out T slope));
            if (!row.Dy.IsEmpty)
                row.Dy[i] = factor * slope;
        }
        return sum / divisor;
    }
}
