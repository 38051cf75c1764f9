using System.Numerics;

namespace NativeOpt.Cli.Replay.Optimizers;

/// <summary>The valley of Rosenbrock: f = (1 - x)^2 + 100 (y - x^2)^2.</summary>
internal sealed class Rosenbrock<T>(double[] start) : ReplayProblem<T>(start) where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T Two = T.CreateTruncating(2), Hundred = T.CreateTruncating(100);

    /// <inheritdoc/>
    public override T[] Gradient(ReadOnlySpan<T> w, int step)
    {
        // In the order of automatic differentiation: curved paths show the last bit.
        (T x, T y) = (w[0], w[1]);
        T slope = Hundred * (Two * (y - x * x));
        return [-(Two * (T.One - x)) - slope * (Two * x), slope];
    }

    /// <inheritdoc/>
    public override T Loss(ReadOnlySpan<T> w)
    {
        (T x, T y) = (w[0], w[1]);
        T valley = y - x * x;
        return (T.One - x) * (T.One - x) + Hundred * valley * valley;
    }
}
