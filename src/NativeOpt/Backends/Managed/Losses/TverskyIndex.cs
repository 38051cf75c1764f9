using System.Numerics;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Losses;

/// <summary>
/// Tversky loss, 1 - s / d with s = sum t y, d = s + alpha sum (1 - t) y + beta sum t (1 - y) + epsilon (Salehi et al. 2017), of a
/// row or of a batch.
/// </summary>
internal struct TverskyIndex
{
    private double _common;
    private double _onlyY;
    private double _onlyT;

    /// <summary>The value of one row.</summary>
    public static double OfRow<T>(in LossRow<T> row, in LossSettings<T> settings) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var index = default(TverskyIndex);
        index.Add(row.Y, row.T);
        index.Differentiate(row, settings);
        return index.Value(settings);
    }

    /// <summary>The one value of all rows; writes the gradient where there is room for it.</summary>
    public static unsafe double OfBatch<T>(NoptLossArgs* args, in LossSettings<T> settings) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var y = new MatrixRows<T>(args->Y);
        var t = new MatrixRows<T>(args->Targets);
        var dy = new MatrixRows<T>(args->Dy);
        var index = default(TverskyIndex);
        for (long row = 0; row < y.Rows; row++)
            index.Add<T>(y[row], t[row]);
        T scale = T.CreateTruncating(args->GradientScale);
        for (long row = 0; row < y.Rows && dy.IsPresent; row++)
            index.Differentiate(new LossRow<T> { Y = y[row], T = t[row], Dy = dy[row], Scale = scale }, settings);
        return index.Value(settings);
    }

    private void Add<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> t) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < y.Length; i++)
        {
            _common += double.CreateTruncating(t[i] * y[i]);
            _onlyY += double.CreateTruncating((T.One - t[i]) * y[i]);
            _onlyT += double.CreateTruncating(t[i] * (T.One - y[i]));
        }
    }

    private readonly double Divisor<T>(in LossSettings<T> settings) where T : unmanaged, IFloatingPointIeee754<T> =>
        _common + (double.CreateTruncating(settings.Alpha) * _onlyY + double.CreateTruncating(settings.Beta) * _onlyT)
        + double.CreateTruncating(settings.Epsilon);

    private readonly double Value<T>(in LossSettings<T> settings) where T : unmanaged, IFloatingPointIeee754<T> =>
        1 - _common / Divisor(settings);

    // dy = scale (index (t + alpha (1 - t) - beta t) - t) / divisor
    private readonly void Differentiate<T>(in LossRow<T> row, in LossSettings<T> settings) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double divisor = Divisor(settings);
        T share = T.CreateTruncating(double.CreateTruncating(row.Scale) / divisor);
        T index = T.CreateTruncating(_common / divisor);
        for (int i = 0; i < row.Dy.Length; i++)
        {
            T t = row.T[i];
            row.Dy[i] = share * (index * (t + settings.Alpha * (T.One - t) - settings.Beta * t) - t);
        }
    }
}
