using System.Numerics;
using System.Numerics.Tensors;

namespace NativeOpt.Backends.Managed.Losses;

/// <summary>
/// Categorical focal loss of one row, alpha sum t f(p) with f(p) = -(1 - p)^gamma log p (Lin et al. 2017, as in Keras);
/// f'(p) = gamma (1 - p)^(gamma - 1) log p - (1 - p)^gamma / p.
/// </summary>
internal static class CategoricalFocal
{
    /// <summary>p = softmax(y), log p without clipping; gradient u - p sum u, u = t p f'(p).</summary>
    /// <param name="row">Its targets are smoothed and weighed.</param>
    /// <param name="settings">Alpha and gamma.</param>
    /// <param name="p">Scratch, as long as the row.</param>
    /// <param name="u">Scratch, as long as the row.</param>
    public static double Logits<T>(in LossRow<T> row, in LossSettings<T> settings, Span<T> p, Span<T> u)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var power = new FocalPower<T>(settings.Gamma);
        T sum = CategoricalCrossEntropy.Exponentials(row.Y, p, out T max);
        T logSum = T.Log(sum);
        double value = 0;
        for (int i = 0; i < p.Length; i++)
        {
            p[i] /= sum;
            T logP = row.Y[i] - max - logSum;
            T q = T.One - p[i];
            T raised = power.Of(q);
            // p log p is 0 at 0, where the logarithm may be minus infinity.
            T entropy = p[i] == T.Zero ? T.Zero : p[i] * logP;
            u[i] = row.T[i] * (power.Slope(q, raised) * entropy - raised);
            value -= double.CreateTruncating(row.T[i] * (raised * logP));
        }
        T sumOfU = TensorPrimitives.Sum<T>(u);
        T scale = settings.Alpha * row.Scale;
        for (int i = 0; i < row.Dy.Length; i++)
            row.Dy[i] = scale * (u[i] - p[i] * sumOfU);
        return double.CreateTruncating(settings.Alpha) * value;
    }

    /// <summary>p = y / s, s the row sum, clipped; gradient (u - sum u y / s) / s, u = t f'(p), 0 where clipped.</summary>
    /// <param name="row">Its targets are smoothed and weighed.</param>
    /// <param name="settings">Alpha and gamma.</param>
    /// <param name="u">Scratch, as long as the row.</param>
    public static double Probabilities<T>(in LossRow<T> row, in LossSettings<T> settings, Span<T> u)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var power = new FocalPower<T>(settings.Gamma);
        T sum = CategoricalCrossEntropy.Divisor(row.Y);
        T sumOfU = T.Zero;
        double value = 0;
        for (int i = 0; i < u.Length; i++)
        {
            T share = row.Y[i] / sum;
            T p = Probability.Clip(share);
            T logP = T.Log(p);
            T q = T.One - p;
            T raised = power.Of(q);
            u[i] = Probability.IsClipped(share) ? T.Zero : row.T[i] * (power.Slope(q, raised) * logP - raised / p);
            sumOfU += u[i] * share;
            value -= double.CreateTruncating(row.T[i] * (raised * logP));
        }
        T scale = settings.Alpha * row.Scale;
        for (int i = 0; i < row.Dy.Length; i++)
            row.Dy[i] = scale * ((u[i] - sumOfU) / sum);
        return double.CreateTruncating(settings.Alpha) * value;
    }
}
