using System.Runtime.InteropServices;
using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt.Optimizers;

/// <summary>
/// The part of a step that happens in one piece of memory: a model's arena, or one array of the caller. Each rule that has parameters
/// there has a block; each stage is a plan.
/// </summary>
internal sealed unsafe class StepPart : IDisposable
{
    private readonly StepLayout _layout;
    private readonly List<BlockRun> _runs = [];
    private readonly StepPlan?[] _plans = new StepPlan?[Enum.GetValues<StepStage>().Length];
    private readonly ArrayPlaces _arrived, _gathered, _used;
    private readonly ParameterRules _parameterRules;
    private readonly GradientSum? _sum;
    private readonly AlignedBuffer? _own;
    private IBackend _backend;

    /// <summary>Gives each parameter to its rule and makes the slots.</summary>
    /// <param name="owner">The optimizer; the parameters are added to none of its lists.</param>
    /// <param name="ranges">The parameters, ascending.</param>
    /// <param name="dtype">F32 or F64.</param>
    /// <param name="places">Where weights and gradients are.</param>
    /// <param name="backend">What runs the stages.</param>
    /// <exception cref="ArgumentException">A parameter has no rule.</exception>
    public StepPart(Optimizer owner, IReadOnlyList<ParameterRange> ranges, NoptDtype dtype, ArrayPlaces places, IBackend backend)
    {
        (_layout, _arrived, _backend) = (owner.Layout, places, backend);
        int[] uses = [.. ranges.Select(range => owner.ActiveRule.ShareOf(range.Name, range.Shape))];
        var runs = new BlockRun[ranges.Count];
        // A table of which steps touch some rows only is by itself.
        foreach (var group in Enumerable.Range(0, ranges.Count).GroupBy(i => (Use: uses[i], ranges[i].Touched)))
        {
            BlockRun run = CreateRun(owner.Uses[group.Key.Use], [.. group.Select(i => ranges[i])], dtype);
            _runs.Add(run);
            foreach (int i in group)
                runs[i] = run;
        }
        Parameters = [.. ranges.Select((range, i) => new OptimizerParameter(owner, range, runs[i], this))];
        long length = ranges.Count == 0 ? 0 : ranges[^1].Offset + ranges[^1].Count;
        if (_layout.Accumulates && length > 0)
            _sum = new GradientSum(length, dtype, _layout.NonFinite == NonFiniteGradients.Zero);
        else if (places.AreCallers && _runs.Exists(run => run.Adaptive is not null || run.Centralization is not null))
            _own = AlignedBuffer.Allocate(length * ParameterArena.ElementSize(dtype));
        _used = (_sum?.Buffer ?? _own) is { } own ? places.WithGradients(own) : places;
        _gathered = _sum is not null || _runs.Exists(run => run.Centralization is not null) ? _used : places;
        _parameterRules = new ParameterRules(ranges, dtype, _sum is null ? places : _used);
    }

    /// <summary>The parameters, in the order they were given.</summary>
    public IReadOnlyList<OptimizerParameter> Parameters { get; }

    /// <summary>The rules that have parameters here.</summary>
    public ReadOnlySpan<BlockRun> Runs => CollectionsMarshal.AsSpan(_runs);

    /// <summary>The gradients that have accumulated, in the layout of the parameters; null where they do not.</summary>
    public AlignedBuffer? Sum => _sum?.Buffer;

    /// <summary>From now on this backend runs the stages, on the parameters that are trained by now.</summary>
    public void MoveTo(IBackend backend)
    {
        ReleasePlans();
        _backend = backend;
    }

    /// <summary>Appends the operations of a stage to a plan.</summary>
    public void AddTo(StepPlan plan, StepStage stage)
    {
        if (stage == StepStage.Accumulate)
            _sum?.AddTo(plan, _arrived, _backend);
        if (stage == _layout.FirstOfUpdate)
        {
            if (_layout.AddsPenalties)
                _parameterRules.AddRegularizers(plan);
            foreach (BlockRun run in _runs)
                run.Centralization?.AddTo(plan, _sum is null ? _arrived : _used, _used);
        }
        // Clipping comes right before the rule sees the gradients.
        if (stage == StepStage.Measure || (stage == StepStage.Update && !_layout.Stages.Contains(StepStage.Measure)))
            foreach (BlockRun run in _runs)
                run.Adaptive?.AddTo(plan, _gathered, _used);
        foreach (BlockRun run in _runs)
            AddTo(plan, stage, run);
        if (stage == _layout.Stages[^1] && _layout.ObeysConstraints)
            _parameterRules.AddConstraints(plan);
    }

    /// <summary>For arrays of the caller: a step works on these until <see cref="End"/>.</summary>
    public void Start(void* weights, void* gradients)
    {
        // The operations of all stages have to be there to be pointed at the arrays.
        foreach (StepStage stage in _layout.Stages)
            _ = PlanOf(stage);
        PointAt(weights, gradients);
        StartSlots(weights);
    }

    /// <summary>For arrays of the caller: the step is over.</summary>
    public void End() => PointAt(null, null);

    /// <summary>Writes the numbers that the operations of a stage read.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="step">Number of the step, from 1.</param>
    /// <param name="scales">What gradients are multiplied by.</param>
    /// <param name="outer">The rule of the optimizer.</param>
    public void Prepare(StepStage stage, long step, in GradientScales scales, OptimizerRule outer)
    {
        _parameterRules.GradientScale = scales.OfUpdate;
        if (stage == StepStage.Accumulate)
            _sum?.Prepare(scales.OfArrivals);
        foreach (BlockRun run in _runs)
        {
            if (stage == _layout.FirstOfUpdate)
                run.Centralization?.Prepare(scales.OfUpdate);
            OptimizerRule limits = _layout.ClipsTogether ? outer : run.Use.Rule;
            if (stage == StepStage.Norms)
                run.Norms?.Prepare(scales.OfUpdate);
            else if (stage == StepStage.Average)
                run.Average?.Prepare(step, _layout.AverageSettingsOf(run.Use.Rule)!);
            else if (stage >= StepStage.Measure)
                run.Prepare(step, scales.OfUpdate, limits.ClipSettings, limits.AdaptiveClipEpsilon);
            if (stage == StepStage.Update)
                run.Slow?.Prepare(step);
        }
    }

    /// <summary>Runs a stage by itself.</summary>
    public void Run(StepStage stage) => PlanOf(stage).Run(_backend);

    /// <summary>Before a step: slots that start as the weights become a copy of them.</summary>
    public void StartSlots(void* weights)
    {
        foreach (BlockRun run in _runs)
        {
            run.Block.StartSlots(weights);
            run.Slow?.StartFrom(weights);
        }
    }

    /// <summary>From now on there are averages.</summary>
    public void KeepAverages()
    {
        foreach (BlockRun run in _runs)
            run.Average?.StartAll();
    }

    /// <summary>From now on no slot starts as the weights.</summary>
    public void KeepSlots()
    {
        foreach (BlockRun run in _runs)
        {
            run.Block.KeepSlots();
            run.Slow?.StartAll();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ReleasePlans();
        foreach (BlockRun run in _runs)
            run.Dispose();
        _sum?.Dispose();
        _own?.Dispose();
    }

    private BlockRun CreateRun(RuleUse use, ParameterRange[] ranges, NoptDtype dtype)
    {
        bool ignores = _layout.NonFinite == NonFiniteGradients.Zero && !_layout.Accumulates;
        Clipping clipping = _layout.ClippingOf(use.Rule);
        bool takesNorms = _layout.JudgesNorms || clipping.NeedsNorms;
        var rows = new StepRows(use.Rule, ranges, dtype, _layout.RowOptionsOf(use, ofModel: !_arrived.AreCallers));
        return new BlockRun(use.Rule.CreateBlock(rows), use)
        {
            Inspection = _layout.JudgesArrivals ? new GradientMeasure(rows, order: 2, ignores, isOfUpdate: false) : null,
            Norms = takesNorms ? new GradientMeasure(rows, clipping.Order, ignores, isOfUpdate: true) : null,
            Slow = _layout.Lookahead is { } lookahead ? new SlowWeights(rows, lookahead) : null,
            Average = _layout.AverageSettingsOf(use.Rule) is null ? null : new WeightAverage(rows),
            Centralization = Enumerable.Range(0, ranges.Length).Any(rows.Centralizes) ? new Centralization(rows, ignores) : null,
            Adaptive = _layout.Adapts(use) ? new AdaptiveClipping(rows, ignores) : null,
        };
    }

    private void AddTo(StepPlan plan, StepStage stage, BlockRun run)
    {
        switch (stage)
        {
            case StepStage.Inspect:
                run.Inspection?.AddTo(plan, _arrived);
                break;
            case StepStage.Norms:
                run.Norms?.AddTo(plan, _gathered);
                break;
            case StepStage.Measure when run.Use.Rule.MeasuredCount > 0:
                run.Block.AddMeasurement(plan, _used, _backend);
                break;
            case StepStage.Update:
                run.Block.AddUpdate(plan, _used, _backend);
                run.Slow?.AddTo(plan, _used);
                break;
            case StepStage.Average:
                run.Average?.AddTo(plan, _used);
                break;
        }
    }

    private void PointAt(void* weights, void* gradients)
    {
        _arrived.PointAt(weights, gradients);
        if (!ReferenceEquals(_used, _arrived))
            _used.PointAt(weights, gradients);
    }

    private StepPlan PlanOf(StepStage stage)
    {
        ref StepPlan? plan = ref _plans[(int)stage];
        if (plan is null)
        {
            plan = new StepPlan();
            AddTo(plan, stage);
        }
        return plan;
    }

    private void ReleasePlans()
    {
        foreach (StepPlan? plan in _plans)
            plan?.Dispose();
        Array.Clear(_plans);
        foreach (BlockRun run in _runs)
        {
            run.Adaptive?.Forget();
            run.Slow?.Forget();
            run.Average?.Forget();
        }
    }
}
