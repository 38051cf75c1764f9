using NativeOpt.Backends;
using NativeOpt.Training;

namespace NativeOpt;

/// <summary>A rule and the state it has built up: slots, step count.</summary>
public sealed class Optimizer : IDisposable
{
    /// <summary>An optimizer without state.</summary>
    public Optimizer(OptimizerRule rule) => Rule = rule;

    /// <summary>The settings.</summary>
    public OptimizerRule Rule { get; }

    /// <summary>The learning rate in force; starts as the rule's and may be changed between steps.</summary>
    public double LearningRate { get; set; }

    /// <summary>Makes room for the slots of a model's parameters.</summary>
    internal void Attach(ParameterArena arena, IBackend backend) => throw new NotSupportedException();

    /// <summary>Appends the update of the attached arena to a plan.</summary>
    internal void AddTo(StepPlan plan) => throw new NotSupportedException();

    /// <summary>Before a run: writes the scalars of the next step into the plan.</summary>
    internal void PrepareStep() => throw new NotSupportedException();

    /// <summary>After a successful run: the step counts.</summary>
    internal void CompleteStep() => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Dispose() { }
}
