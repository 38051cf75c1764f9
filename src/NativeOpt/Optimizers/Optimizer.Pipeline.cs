using NativeOpt.Optimizers;

namespace NativeOpt;

// The order of a step, for a model's arena and for the caller's arrays alike:
//   unscale - see whether the gradients are finite - accumulate - centralize - norms and clip factors - adaptive clipping - the rule's
//   own look at all gradients - and in one pass over memory: scale and clip - maximize - weight decay - the rule - slow weights -
//   averages of the weights - constraints.
// Where gradients neither accumulate nor are centralized, the look at whether they are finite is one with that at their norms.
public sealed partial class Optimizer
{
    private GradientScales _scales;
    private NormTotal _norm;
    private bool _completesGroup;

    /// <summary>
    /// The norm of all gradients in the last step, after unscaling, accumulation and centralization and before clipping; NaN where it was not
    /// measured: <see cref="OptimizerRule.ClipNorm"/>, <see cref="OptimizerRule.GlobalClipNorm"/> and
    /// <see cref="OptimizerRule.NonFinite"/> measure it. Its order is <see cref="OptimizerRule.ClipNormOrder"/>.
    /// </summary>
    public double LastGradientNorm => _norm.Value;

    /// <summary>The rules that parameters go to: the rule itself, or those that it hands parameters to.</summary>
    internal RuleUse[] Uses { get; }

    /// <summary>What a step consists of.</summary>
    internal StepLayout Layout { get; }

    /// <summary>Computes and checks the numbers of the next step. Changes neither weights nor state.</summary>
    private void BeginNumbers() => BeginNumbers(SchedulePosition, PendingGradients + 1);

    /// <summary>The same for a step that schedules count as number <paramref name="position"/>.</summary>
    /// <param name="position">Steps before it.</param>
    /// <param name="gradients">How many gradients have accumulated with it.</param>
    private void BeginNumbers(long position, int gradients)
    {
        double rate = Require.NotNegative(_learningRate.ValueAt(position) * LearningRateScale, nameof(LearningRate));
        Schedules.Apply(ActiveRule, position, StepCount);
        for (int i = 0; i < Uses.Length; i++)
            Uses[i].Begin(ActiveRule.RateOf(i, rate, position));
        double unscale = 1 / (ActiveRule.LossScaleFactor ?? 1);
        double mean = ActiveRule.SumAccumulatedGradients ? 1 : 1.0 / gradients;
        _scales = new GradientScales(unscale, Layout.Accumulates ? mean : unscale);
        _completesGroup = gradients >= (ActiveRule.GradientAccumulationSteps ?? 1);
        _norm = default;
    }

    /// <summary>Runs the stages of a step over all its parts.</summary>
    /// <param name="parts">The memory that the step works on.</param>
    /// <param name="firstHasRun">Whether the first stage was prepared and has run already, behind a model's own operations.</param>
    private StepOutcome RunStages(ReadOnlySpan<StepPart> parts, bool firstHasRun)
    {
        foreach (StepStage stage in Layout.Stages)
        {
            if (!firstHasRun)
                RunStage(stage, parts);
            firstHasRun = false;
            if (Conclude(stage, parts) is { } outcome)
                return outcome;
        }
        return StepOutcome.Updated;
    }

    private void RunStage(StepStage stage, ReadOnlySpan<StepPart> parts)
    {
        Prepare(stage, parts);
        foreach (StepPart part in parts)
            part.Run(stage);
    }

    /// <summary>Writes the numbers that a stage reads.</summary>
    private void Prepare(StepStage stage, ReadOnlySpan<StepPart> parts)
    {
        foreach (StepPart part in parts)
            part.Prepare(stage, stage == StepStage.Average ? SchedulePosition + 1 : StepCount + 1, _scales, ActiveRule);
    }

    /// <summary>What follows from the numbers that a stage has left.</summary>
    /// <returns>How the step ends, or null where it goes on.</returns>
    private StepOutcome? Conclude(StepStage stage, ReadOnlySpan<StepPart> parts)
    {
        switch (stage)
        {
            case StepStage.Inspect:
                return AreFinite(parts) ? null : StepOutcome.Skipped;
            case StepStage.Accumulate:
                return _completesGroup ? null : EndMicroStep(parts);
            case StepStage.Norms:
                AddNorms(parts);
                return !Layout.JudgesNorms || AreFinite(parts) ? null : StepOutcome.Skipped;
            case StepStage.Measure:
                UseMeasured(parts);
                return null;
            case StepStage.Average:
                foreach (StepPart part in parts)
                    part.KeepAverages();
                return null;
            default:
                foreach (StepPart part in parts)
                    part.KeepSlots();
                return null;
        }
    }

    /// <summary>Where schedules go by micro-steps, as in Keras, averages do so too, although the weights have not changed.</summary>
    private StepOutcome EndMicroStep(ReadOnlySpan<StepPart> parts)
    {
        if (Layout.KeepsAverages && CountsMicroSteps)
        {
            RunStage(StepStage.Average, parts);
            Conclude(StepStage.Average, parts);
        }
        return StepOutcome.Accumulated;
    }

    private void AddNorms(ReadOnlySpan<StepPart> parts)
    {
        foreach (StepPart part in parts)
            foreach (BlockRun run in part.Runs)
                run.AddNorms(ref _norm);
        foreach (StepPart part in parts)
            foreach (BlockRun run in part.Runs)
            {
                Clipping clipping = Layout.ClipsTogether ? ActiveRule.ClipSettings : run.Use.Rule.ClipSettings;
                run.SetClipFactors(clipping, Layout.ClipsTogether ? _norm.Value : run.Use.Norm.Value);
            }
    }

    private void UseMeasured(ReadOnlySpan<StepPart> parts)
    {
        foreach (StepPart part in parts)
            foreach (BlockRun run in part.Runs)
                run.Use.AddMeasured(run.Block.Measured);
        foreach (RuleUse use in Uses)
            use.UseMeasured(StepCount + 1);
    }
}
