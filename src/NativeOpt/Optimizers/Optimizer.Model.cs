using NativeOpt.Backends;
using NativeOpt.Optimizers;
using NativeOpt.Training;

namespace NativeOpt;

// Steps on a model's arena, as the last operation of its plans.
public sealed unsafe partial class Optimizer
{
    private ParameterArena? _arena;
    private StepBlock? _arenaBlock;
    private int _arenaOptimizerId;

    /// <summary>
    /// Makes slots for a model's parameters. Attaching the same arena again (a model compiled anew) keeps the state.
    /// </summary>
    /// <exception cref="InvalidOperationException">The optimizer serves another model, or arrays of the caller.</exception>
    internal void Attach(ParameterArena arena, IBackend backend)
    {
        ThrowIfDisposed();
        int id = backend.FindOptimizer(Rule.KernelName);
        if (!ReferenceEquals(arena, _arena))
        {
            ThrowIfAttached();
            if (_callerParameters.Count > 0)
                throw new InvalidOperationException("The optimizer has parameters of its own (Register, Step); a model needs a fresh one.");
            _arenaBlock = new StepBlock(ActiveRule, arena.Ranges, arena.Length, arena.Dtype);
            _arena = arena;
            Dtype = arena.Dtype;
            foreach (ParameterRange range in arena.Ranges.Where(range => !range.IsState))
                _parameters.Add(new OptimizerParameter(this, range, _arenaBlock));
        }
        _arenaOptimizerId = id;
    }

    /// <summary>Appends the update of the attached arena to a plan; a model may have several plans.</summary>
    internal void AddTo(StepPlan plan)
    {
        ThrowIfDisposed();
        StepBlock block = _arenaBlock ?? throw new InvalidOperationException("The optimizer is not attached to a model.");
        block.AddTo(plan, _arenaOptimizerId, plan.Use(_arena!.Parameters), plan.Use(_arena.Gradients));
    }

    /// <summary>Before a run: writes the scalars of the next step where the plans read them.</summary>
    internal void PrepareStep()
    {
        ThrowIfDisposed();
        PrepareHyperparameters();
        _arenaBlock!.StartSlots(_arena!.Parameters.Pointer);
        _arenaBlock.Prepare(StepCount + 1, _rateOfStep, State.KeptNumbers);
    }

    /// <summary>After a successful run: the step counts.</summary>
    internal void CompleteStep()
    {
        StepCount++;
        _arenaBlock?.KeepSlots();
        ActiveRule.AdvanceKeptNumbers(StepCount, _rateOfStep, State.KeptNumbers);
    }

    private void ThrowIfAttached()
    {
        if (_arena is not null)
            throw new InvalidOperationException("The optimizer belongs to a model; its parameters are updated by the model's steps.");
    }
}
