namespace NativeOpt.Optimizers;

/// <summary>A block with what a step does around it: how its gradients are measured and clipped.</summary>
internal sealed class BlockRun(UpdateBlock block, RuleUse use) : IDisposable
{
    private readonly double[] _clipFactors = [.. Enumerable.Repeat(1.0, block.Rows.Ranges.Count)];

    public UpdateBlock Block { get; } = block;

    public RuleUse Use { get; } = use;

    /// <summary>Looks at gradients before they are added to others; null where nobody does.</summary>
    public GradientMeasure? Inspection { get; init; }

    /// <summary>Takes the norms of gradients; null where nobody needs them.</summary>
    public GradientMeasure? Norms { get; init; }

    /// <summary>Centralizes gradients; null where they are taken as they are.</summary>
    public Centralization? Centralization { get; init; }

    /// <summary>Clips adaptively; null where gradients are clipped otherwise or not at all.</summary>
    public AdaptiveClipping? Adaptive { get; init; }

    /// <summary>The slow weights of a <see cref="Lookahead"/>; null where there is none.</summary>
    public SlowWeights? Slow { get; init; }

    /// <summary>Keeps an average of the weights; null where none is kept.</summary>
    public WeightAverage? Average { get; init; }

    /// <summary>Adds the norms to those of the parameters that are clipped together, and to those of the step.</summary>
    public void AddNorms(ref NormTotal ofStep)
    {
        for (int i = 0; Norms is not null && i < Norms.Count; i++)
        {
            Use.Norm.Add(Norms.NormOf(i), Norms.Order);
            ofStep.Add(Norms.NormOf(i), Norms.Order);
        }
    }

    /// <summary>Decides by how much each gradient is scaled down.</summary>
    /// <param name="clipping">The limit in force.</param>
    /// <param name="common">The norm of what is clipped together.</param>
    public void SetClipFactors(in Clipping clipping, double common)
    {
        for (int i = 0; clipping.NeedsNorms && i < Norms!.Count; i++)
            _clipFactors[Norms.ParameterOf(i)] =
                clipping.FactorOf(clipping.Kind == ClipKind.GlobalNorm ? common : Norms.NormOf(i));
    }

    /// <summary>Writes the numbers of the update.</summary>
    /// <param name="step">Number of the step, from 1.</param>
    /// <param name="gradientScale">What gradients are multiplied by.</param>
    /// <param name="clipping">The limit in force.</param>
    /// <param name="adaptiveEpsilon">Smallest norm of weights that adaptive clipping reckons with.</param>
    public void Prepare(long step, double gradientScale, in Clipping clipping, double adaptiveEpsilon)
    {
        Adaptive?.Prepare(gradientScale, clipping.Limit, adaptiveEpsilon);
        Block.Prepare(new StepNumbers
        {
            Step = step,
            LearningRate = Use.LearningRate,
            Kept = Use.Kept,
            GradientScale = Adaptive is null ? gradientScale : 1,
            ClipFactors = _clipFactors,
            AddsPenalties = Adaptive is null,
            ClipValue = clipping.Kind == ClipKind.Value ? clipping.Limit : 0,
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Inspection?.Dispose();
        Norms?.Dispose();
        Centralization?.Dispose();
        Slow?.Dispose();
        Average?.Dispose();
        Block.Dispose();
    }
}
