using NativeOpt.Optimizers;

namespace NativeOpt;

// What is counted: updates, gradients that wait for their update, and steps that were skipped.
public sealed partial class Optimizer
{
    private int _skippedInARow;

    /// <summary>
    /// Number of steps that did nothing because a gradient was infinite or NaN, under <see cref="NonFiniteGradients.Skip"/>.
    /// </summary>
    public long SkippedSteps { get; private set; }

    /// <summary>Number of steps whose gradients wait for an update, where gradients accumulate.</summary>
    internal int PendingGradients { get; private set; }

    /// <summary>Number of steps with gradients that were used or wait, where gradients accumulate.</summary>
    internal long MicroStepCount { get; private set; }

    /// <summary>What schedules count: the steps before the next.</summary>
    internal long SchedulePosition => CountsMicroSteps ? MicroStepCount : StepCount;

    private bool CountsMicroSteps => Layout.Accumulates && (Rule.ScheduleMicroSteps ?? Rule.Convention == Convention.Keras);

    /// <summary>Takes over the counts of a state.</summary>
    internal void RestoreAccumulation(int pending, long microSteps)
    {
        ThrowIfDisposed();
        ThrowIfStepIsOpen();
        (PendingGradients, MicroStepCount) = (pending, microSteps);
    }

    /// <summary>Counts a step, and if it was an update its numbers become the state.</summary>
    private void EndNumbers(StepOutcome outcome)
    {
        if (outcome == StepOutcome.Skipped)
        {
            SkippedSteps++;
            _skippedInARow++;
            return;
        }
        _skippedInARow = 0;
        if (Layout.Accumulates)
            MicroStepCount++;
        if (outcome == StepOutcome.Accumulated)
        {
            PendingGradients++;
            return;
        }
        CompleteUpdate();
    }

    private void CompleteUpdate()
    {
        PendingGradients = 0;
        StepCount++;
        foreach (RuleUse use in Uses)
            use.Complete(StepCount);
    }

    /// <summary>Whether no gradient is infinite or NaN.</summary>
    /// <exception cref="NotFiniteNumberException">One is, and the rule says that this is an error.</exception>
    private bool AreFinite(ReadOnlySpan<StepPart> parts)
    {
        foreach (StepPart part in parts)
            foreach (BlockRun run in part.Runs)
            {
                GradientMeasure measure = Layout.JudgesArrivals ? run.Inspection! : run.Norms!;
                for (int i = 0; i < measure.Count; i++)
                    if (measure.NonFiniteCountOf(i) > 0)
                        return Judge(run.Block.Rows.Ranges[measure.ParameterOf(i)].Name, measure.NonFiniteCountOf(i));
            }
        return true;
    }

    /// <summary>False, if the step may be skipped.</summary>
    private bool Judge(string parameter, long count)
    {
        string what = count == 1 ? "a gradient that is" : $"{count} gradients that are";
        if (Layout.NonFinite == NonFiniteGradients.Error)
            throw new NotFiniteNumberException($"Parameter '{parameter}' has {what} infinite or NaN; nothing was updated.");
        if (_skippedInARow >= Rule.MaxSkippedSteps)
            throw new NotFiniteNumberException(
                $"Parameter '{parameter}' has {what} infinite or NaN, and the last {_skippedInARow} steps were skipped for such gradients; "
                + $"MaxSkippedSteps is {Rule.MaxSkippedSteps}.");
        return false;
    }
}
