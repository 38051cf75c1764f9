namespace NativeOpt.Cli.Tutorial.Claims;

/// <summary>Something to minimise on a plain array, one noisy gradient after the other. Weights start at 0.</summary>
internal abstract class ArrayProblem
{
    /// <summary>Number of weights.</summary>
    public abstract int Length { get; }

    /// <summary>The gradient that a step sees, with whatever noise it has; each call is the next step.</summary>
    /// <param name="weights">Where it is taken.</param>
    /// <param name="gradient">Receives it.</param>
    public abstract void NextGradient(ReadOnlySpan<float> weights, Span<float> gradient);

    /// <summary>What is left to do, as a share of what there was at the start.</summary>
    public abstract double Error(ReadOnlySpan<float> weights);
}
