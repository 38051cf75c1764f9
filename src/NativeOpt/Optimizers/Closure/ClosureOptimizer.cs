namespace NativeOpt;

/// <summary>
/// An optimizer that evaluates loss and gradient itself, as often as it needs them: it is given a function instead of a gradient. It
/// keeps what it has learnt of the function from step to step, so the function should stay the same (the whole data set, not a batch).
/// For one array and one thread at a time.
/// </summary>
/// <remarks>A step of the same length allocates nothing once the optimizer's memory has filled up.</remarks>
public abstract class ClosureOptimizer
{
    /// <summary>Only this library adds optimizers of this kind for now.</summary>
    private protected ClosureOptimizer() { }

    /// <summary>Iterations so far, in all steps.</summary>
    public abstract long IterationCount { get; }

    /// <summary>Evaluations of the function so far, in all steps.</summary>
    public abstract long EvaluationCount { get; }

    /// <summary>Improves the weights by several iterations.</summary>
    /// <param name="weights">In and out; the length of earlier steps.</param>
    /// <param name="lossAndGradient">Evaluates a point. If it throws, the weights stay at the last point that was accepted.</param>
    /// <returns>The loss before the step, as in PyTorch.</returns>
    /// <exception cref="ArgumentException">The length is 0 or differs from earlier steps.</exception>
    /// <exception cref="InvalidOperationException">Earlier steps were in double.</exception>
    public double Step(Span<float> weights, LossAndGradient<float> lossAndGradient) => Run(weights, lossAndGradient);

    /// <inheritdoc cref="Step(Span{float}, LossAndGradient{float})"/>
    public double Step(Span<double> weights, LossAndGradient<double> lossAndGradient) => Run(weights, lossAndGradient);

    /// <summary>Forgets everything learnt so far: the next step is like a first one.</summary>
    public abstract void Reset();

    private protected abstract double Run(Span<float> weights, LossAndGradient<float> lossAndGradient);

    private protected abstract double Run(Span<double> weights, LossAndGradient<double> lossAndGradient);
}
