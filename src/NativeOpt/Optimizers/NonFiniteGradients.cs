namespace NativeOpt;

/// <summary>What a step does with gradients that are infinite or NaN; see <see cref="OptimizerRule.NonFinite"/>.</summary>
public enum NonFiniteGradients
{
    /// <summary>Nothing: they reach the weights.</summary>
    Propagate,

    /// <summary>The step fails with a <see cref="NotFiniteNumberException"/> that names the parameter; nothing has changed.</summary>
    Error,

    /// <summary>
    /// The step does nothing and is counted in <see cref="Optimizer.SkippedSteps"/>. Where gradients accumulate, what came before it in
    /// its group stays.
    /// </summary>
    Skip,

    /// <summary>They count as 0.</summary>
    Zero,
}
