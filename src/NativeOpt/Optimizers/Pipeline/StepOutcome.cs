namespace NativeOpt.Optimizers;

/// <summary>How a step ended.</summary>
internal enum StepOutcome
{
    /// <summary>Parameters were updated.</summary>
    Updated,

    /// <summary>Gradients were added to others, for a later step.</summary>
    Accumulated,

    /// <summary>Gradients were not finite, and nothing was done.</summary>
    Skipped,
}
