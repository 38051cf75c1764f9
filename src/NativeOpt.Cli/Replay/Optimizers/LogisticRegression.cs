using System.Numerics;

namespace NativeOpt.Cli.Replay.Optimizers;

/// <summary>The mean over samples of the binary cross-entropy with logits z = X w + b; the last weight is the bias.</summary>
internal sealed class LogisticRegression<T>(double[] start, Grid samples, double[] labels) : ReplayProblem<T>(start)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[] _x = Array.ConvertAll(samples.Values, T.CreateTruncating);
    private readonly T[] _y = Array.ConvertAll(labels, T.CreateTruncating);

    /// <inheritdoc/>
    public override T[] Gradient(ReadOnlySpan<T> w, int step)
    {
        var gradient = new T[w.Length];
        for (int row = 0; row < samples.Rows; row++)
        {
            T residual = T.One / (T.One + T.Exp(-Logit(w, row))) - _y[row];
            for (int i = 0; i < samples.Columns; i++)
                gradient[i] += residual * _x[row * samples.Columns + i];
            gradient[^1] += residual;
        }
        return Array.ConvertAll(gradient, sum => sum / T.CreateTruncating(samples.Rows));
    }

    /// <inheritdoc/>
    public override T Loss(ReadOnlySpan<T> w)
    {
        T sum = T.Zero;
        for (int row = 0; row < samples.Rows; row++)
        {
            // max(z, 0) - z y + log(1 + exp(-|z|)): no exponential of a large number.
            T z = Logit(w, row);
            sum += T.Max(z, T.Zero) - z * _y[row] + T.LogP1(T.Exp(-T.Abs(z)));
        }
        return sum / T.CreateTruncating(samples.Rows);
    }

    private T Logit(ReadOnlySpan<T> w, int row)
    {
        T z = w[^1];
        for (int i = 0; i < samples.Columns; i++)
            z += _x[row * samples.Columns + i] * w[i];
        return z;
    }
}
