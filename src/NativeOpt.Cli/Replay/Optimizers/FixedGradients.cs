using System.Numerics;

namespace NativeOpt.Cli.Replay.Optimizers;

/// <summary>Gradients from a list, again and again, whatever the weights are.</summary>
internal sealed class FixedGradients<T>(double[] start, double[][] gradients) : ReplayProblem<T>(start)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override T[] Gradient(ReadOnlySpan<T> w, int step) =>
        Array.ConvertAll(gradients[(step - 1) % gradients.Length], T.CreateTruncating);

    /// <inheritdoc/>
    public override T Loss(ReadOnlySpan<T> w) => throw new ReplayException("a problem with fixed gradients has no loss");
}
