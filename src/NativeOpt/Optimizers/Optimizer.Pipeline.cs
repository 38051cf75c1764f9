using NativeOpt.Optimizers;

namespace NativeOpt;

// The order of a step, for a model's arena and for the caller's arrays alike.
public sealed partial class Optimizer
{
    /// <summary>The rules that parameters go to: the rule itself, or those that it hands parameters to.</summary>
    internal RuleUse[] Uses { get; }

    /// <summary>What a step consists of, in this order; mostly the update alone.</summary>
    internal ReadOnlySpan<StepStage> Stages => _stages;

    private readonly StepStage[] _stages;

    /// <summary>Why a step has to see the gradients of all parameters at once; null where it does not.</summary>
    private string? ReasonForAllGradients =>
        _stages[0] == StepStage.Measure ? $"{Rule.Name} measures all gradients before it updates a parameter" : null;

    private static StepStage[] StagesOf(RuleUse[] uses)
    {
        var stages = new List<StepStage>();
        if (Array.Exists(uses, use => use.Rule.MeasuredCount > 0))
            stages.Add(StepStage.Measure);
        stages.Add(StepStage.Update);
        return [.. stages];
    }

    /// <summary>Computes and checks the numbers of the next step. Changes neither weights nor state.</summary>
    private void BeginNumbers()
    {
        double rate = Require.NotNegative(LearningRate, nameof(LearningRate));
        Schedules.Apply(ActiveRule, StepCount);
        for (int i = 0; i < Uses.Length; i++)
            Uses[i].Begin(ActiveRule.RateOf(i, rate, StepCount));
    }

    /// <summary>Writes the numbers that a stage reads.</summary>
    private void Prepare(ReadOnlySpan<StepPart> parts)
    {
        foreach (StepPart part in parts)
            part.Prepare(StepCount + 1);
    }

    /// <summary>Runs the stages of a step over all its parts.</summary>
    /// <param name="parts">The memory that the step works on.</param>
    /// <param name="firstHasRun">Whether the first stage was prepared and has run already, behind a model's own operations.</param>
    private void RunStages(ReadOnlySpan<StepPart> parts, bool firstHasRun)
    {
        for (int i = 0; i < _stages.Length; i++)
        {
            if (i > 0 || !firstHasRun)
            {
                Prepare(parts);
                foreach (StepPart part in parts)
                    part.Run(_stages[i]);
            }
            Conclude(_stages[i], parts);
        }
    }

    /// <summary>What follows from the numbers that a stage has left.</summary>
    private void Conclude(StepStage stage, ReadOnlySpan<StepPart> parts)
    {
        if (stage == StepStage.Update)
        {
            foreach (StepPart part in parts)
                part.KeepSlots();
            return;
        }
        foreach (StepPart part in parts)
            part.CollectMeasured();
        foreach (RuleUse use in Uses)
            use.UseMeasured(StepCount + 1);
    }

    /// <summary>The step counts, and its numbers become the state.</summary>
    private void CompleteStep()
    {
        StepCount++;
        foreach (RuleUse use in Uses)
            use.Complete(StepCount);
    }
}
