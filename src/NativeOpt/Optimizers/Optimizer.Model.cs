using NativeOpt.Backends;
using NativeOpt.Optimizers;
using NativeOpt.Training;

namespace NativeOpt;

// Steps on a model's arena; the first stage is the last operation of the model's own plans.
public sealed unsafe partial class Optimizer
{
    private ParameterArena? _arena;
    private StepPart? _arenaPart;

    /// <summary>
    /// Makes slots for a model's parameters. Attaching the same arena again (a model compiled anew) keeps the state; plans that were
    /// made before are not to be run any more.
    /// </summary>
    /// <exception cref="ArgumentException">The rule has no place for a parameter.</exception>
    /// <exception cref="InvalidOperationException">The optimizer serves another model, or arrays of the caller.</exception>
    internal void Attach(ParameterArena arena, IBackend backend)
    {
        ThrowIfDisposed();
        if (ReferenceEquals(arena, _arena))
        {
            _arenaPart!.MoveTo(backend);
            Ascent?.Attach(arena, backend);
            return;
        }
        ThrowIfAttached();
        if (_callerParameters.Count > 0)
            throw new InvalidOperationException("The optimizer has parameters of its own (Register, Step); a model needs a fresh one.");
        var places = new ArrayPlaces(arena.Parameters, arena.Gradients);
        _arenaPart = new StepPart(this, [.. arena.Ranges.Where(range => !range.IsState)], arena.Dtype, places, backend);
        _arena = arena;
        Ascent?.Attach(arena, backend);
        Dtype = arena.Dtype;
        _parameters.AddRange(_arenaPart.Parameters);
    }

    /// <summary>Appends the first stage of a step on the attached arena to a plan; a model may have several plans.</summary>
    internal void AddTo(StepPlan plan)
    {
        ThrowIfDisposed();
        StepPart part = _arenaPart ?? throw new InvalidOperationException("The optimizer is not attached to a model.");
        if (FirstStageJoins)
            part.AddTo(plan, Layout.Stages[0]);
    }

    /// <summary>Before a plan that ends with the first stage: writes the numbers of the next step where the plan reads them.</summary>
    internal void PrepareStep()
    {
        ThrowIfDisposed();
        ThrowIfAveragesAreInModel();
        ThrowIfAway();
        BeginNumbers();
        _arenaPart!.StartSlots(_arena!.Parameters.Pointer);
        if (FirstStageJoins)
            Prepare(Layout.Stages[0], [_arenaPart]);
    }

    /// <summary>After such a plan has run: the other stages, and the step counts.</summary>
    internal void FinishStep() => EndNumbers(RunStages([_arenaPart!], firstHasRun: FirstStageJoins));

    /// <summary>A step with the gradients that are in the arena.</summary>
    internal void StepArena()
    {
        DescendToStep();
        PrepareStep();
        EndNumbers(RunStages([_arenaPart!], firstHasRun: false));
    }

    /// <summary>An update with the gradients that wait for it, if there are any: the end of an epoch that asks for it.</summary>
    internal void FlushArena()
    {
        ThrowIfDisposed();
        if (!Rule.FlushAccumulatedGradients || PendingGradients == 0)
            return;
        BeginNumbers(Math.Max(SchedulePosition - 1, 0), PendingGradients);
        foreach (StepStage stage in Layout.Stages)
        {
            if (stage <= StepStage.Accumulate)
                continue;
            RunStage(stage, [_arenaPart!]);
            Conclude(stage, [_arenaPart!]);
        }
        CompleteUpdate();
    }

    /// <summary>Whether the first stage runs in the model's own plans.</summary>
    private bool FirstStageJoins => Layout.FirstCanJoin && !TakesSecondGradient;

    private void ThrowIfAttached()
    {
        if (_arena is not null)
            throw new InvalidOperationException("The optimizer belongs to a model; its parameters are updated by the model's steps.");
    }
}
