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
    private readonly List<UpdateBlock> _blocks = [];
    private readonly List<RuleUse> _uses = [];
    private readonly StepPlan?[] _plans = new StepPlan?[Enum.GetValues<StepStage>().Length];
    private readonly ArrayPlaces _places;
    private readonly ParameterRules _parameterRules;
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
        (_places, _backend) = (places, backend);
        _parameterRules = new ParameterRules(ranges, dtype, places);
        int[] uses = [.. ranges.Select(range => owner.ActiveRule.ShareOf(range.Name, range.Shape))];
        var blocks = new UpdateBlock[ranges.Count];
        // A table of which steps touch some rows only is by itself.
        foreach (var group in Enumerable.Range(0, ranges.Count).GroupBy(i => (Use: uses[i], ranges[i].Touched)))
        {
            RuleUse ruleUse = owner.Uses[group.Key.Use];
            UpdateBlock block = ruleUse.Rule.CreateBlock(new StepRows(ruleUse.Rule, [.. group.Select(i => ranges[i])], dtype));
            _blocks.Add(block);
            _uses.Add(ruleUse);
            foreach (int i in group)
                blocks[i] = block;
        }
        Parameters = [.. ranges.Select((range, i) => new OptimizerParameter(owner, range, blocks[i]))];
    }

    /// <summary>The parameters, in the order they were given.</summary>
    public IReadOnlyList<OptimizerParameter> Parameters { get; }

    /// <summary>From now on this backend runs the stages, on the parameters that are trained by now.</summary>
    public void MoveTo(IBackend backend)
    {
        ReleasePlans();
        _backend = backend;
    }

    /// <summary>Appends the operations of a stage to a plan.</summary>
    public void AddTo(StepPlan plan, StepStage stage)
    {
        if (Parameters.Count > 0 && stage == Parameters[0].Owner.Stages[0])
            _parameterRules.AddRegularizers(plan);
        foreach (UpdateBlock block in _blocks)
        {
            if (stage == StepStage.Update)
                block.AddUpdate(plan, _places, _backend);
            else if (block.Rule.MeasuredCount > 0)
                block.AddMeasurement(plan, _places, _backend);
        }
        if (stage == StepStage.Update)
            _parameterRules.AddConstraints(plan);
    }

    /// <summary>For arrays of the caller: a step works on these until <see cref="End"/>.</summary>
    public void Start(void* weights, void* gradients)
    {
        // The operations of all stages have to be there to be pointed at the arrays.
        foreach (StepStage stage in Parameters[0].Owner.Stages)
            _ = PlanOf(stage);
        _places.PointAt(weights, gradients);
        StartSlots(weights);
    }

    /// <summary>For arrays of the caller: the step is over.</summary>
    public void End() => _places.PointAt(null, null);

    /// <summary>Writes the numbers that the operations of a stage read.</summary>
    public void Prepare(long step)
    {
        for (int i = 0; i < _blocks.Count; i++)
            _blocks[i].Prepare(new StepNumbers { Step = step, LearningRate = _uses[i].LearningRate, Kept = _uses[i].Kept });
    }

    /// <summary>Runs a stage by itself.</summary>
    public void Run(StepStage stage) => PlanOf(stage).Run(_backend);

    /// <summary>Hands on what the rules have measured.</summary>
    public void CollectMeasured()
    {
        for (int i = 0; i < _blocks.Count; i++)
            _uses[i].AddMeasured(_blocks[i].Measured);
    }

    /// <summary>Before a step: slots that start as the weights become a copy of them.</summary>
    public void StartSlots(void* weights)
    {
        foreach (UpdateBlock block in _blocks)
            block.StartSlots(weights);
    }

    /// <summary>From now on no slot starts as the weights.</summary>
    public void KeepSlots()
    {
        foreach (UpdateBlock block in _blocks)
            block.KeepSlots();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ReleasePlans();
        foreach (UpdateBlock block in _blocks)
            block.Dispose();
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
    }
}
