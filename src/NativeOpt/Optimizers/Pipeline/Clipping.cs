namespace NativeOpt.Optimizers;

/// <summary>In which way gradients are limited.</summary>
internal enum ClipKind
{
    None,
    Value,
    ParameterNorm,
    GlobalNorm,
    Adaptive,
}

/// <summary>A limit of gradients.</summary>
/// <param name="Kind">What is limited.</param>
/// <param name="Limit">The limit.</param>
/// <param name="Order">The p of a norm.</param>
/// <param name="Convention">Whose factor is used for a norm above the limit.</param>
internal readonly record struct Clipping(ClipKind Kind, double Limit, double Order, Convention Convention)
{
    /// <summary>Whether it needs norms of gradients, so that numbers have to be looked at before the update.</summary>
    public bool NeedsNorms => Kind is ClipKind.ParameterNorm or ClipKind.GlobalNorm;

    /// <summary>The limit that a rule sets; at most one is set.</summary>
    public static Clipping Of(OptimizerRule rule)
    {
        (ClipKind kind, double? limit) =
            rule.ClipValue is { } value ? (ClipKind.Value, value)
            : rule.ClipNorm is { } norm ? (ClipKind.ParameterNorm, norm)
            : rule.GlobalClipNorm is { } globalNorm ? (ClipKind.GlobalNorm, globalNorm)
            : rule.AdaptiveClip is { } clip ? (ClipKind.Adaptive, clip)
            : (ClipKind.None, 0.0);
        return new Clipping(kind, limit.Value, rule.ClipNormOrder, rule.Convention);
    }

    /// <summary>
    /// What gradients of this norm are multiplied by, at most 1. A norm of NaN gives NaN, and so does an infinite one where Keras or
    /// PyTorch let it: not even the finite gradients mean anything then.
    /// </summary>
    public double FactorOf(double norm) => Convention == Convention.PyTorch ? Math.Min(1, Limit / (norm + 1e-6))
        : Kind == ClipKind.GlobalNorm && double.IsInfinity(norm) ? double.NaN
        : Limit / Math.Max(norm, Limit);
}
