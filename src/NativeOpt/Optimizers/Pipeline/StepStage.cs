namespace NativeOpt.Optimizers;

/// <summary>
/// Parts of a step, in order. Between two of them numbers are looked at and decided upon; most steps have the last one only, and are
/// one call of the backend.
/// </summary>
internal enum StepStage
{
    /// <summary>Whether the gradients are finite, before they are added to others or centralized.</summary>
    Inspect,

    /// <summary>The gradients are added to those of earlier steps; often the last stage of a step.</summary>
    Accumulate,

    /// <summary>The norms of the gradients.</summary>
    Norms,

    /// <summary>The rule's own look at all gradients.</summary>
    Measure,

    /// <summary>The update of the parameters.</summary>
    Update,

    /// <summary>The averages of the weights.</summary>
    Average,
}
