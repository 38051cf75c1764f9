using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt.Optimizers;

/// <summary>
/// One rule at work on its parameters in one piece of memory: the slots, and the operations of a step. <see cref="StepBlock"/> serves
/// all elementwise rules; a rule of another kind makes its own (<see cref="OptimizerRule.CreateBlock"/>).
/// </summary>
internal abstract unsafe class UpdateBlock(OptimizerRule rule, StepRows rows) : IDisposable
{
    /// <summary>The rule; scheduled settings have the values of the step in progress.</summary>
    public OptimizerRule Rule { get; } = rule;

    /// <summary>The parameters and their rows.</summary>
    public StepRows Rows { get; } = rows;

    /// <summary>Names of the slots each parameter has.</summary>
    public abstract IEnumerable<string> SlotNames { get; }

    /// <summary>Whether a slot is still to become a copy of the weights.</summary>
    public virtual bool StartsAsWeights => false;

    /// <summary>
    /// What the rule's own look at the gradients has measured, <see cref="OptimizerRule.MeasuredCount"/> sums over all elements.
    /// </summary>
    public virtual ReadOnlySpan<double> Measured => [];

    /// <summary>Names of the numbers that are kept for each parameter; mostly none.</summary>
    public virtual IReadOnlyList<string> NumberNames => [];

    /// <summary>The numbers kept for a parameter, in the order of <see cref="NumberNames"/>.</summary>
    public virtual Span<double> NumbersOf(ParameterRange parameter) => [];

    /// <summary>A slot of a parameter, or null where the rule has none of this name.</summary>
    public abstract SlotPlace? FindSlot(ParameterRange parameter, string name);

    /// <summary>
    /// Appends the rule's own look at the gradients of a step, before any parameter is updated; what it measures is then in
    /// <see cref="Measured"/>. Called only where the rule measures something.
    /// </summary>
    public virtual void AddMeasurement(StepPlan plan, ArrayPlaces places, IBackend backend) { }

    /// <summary>Appends the update to a plan, of the parameters that are trained at the time.</summary>
    public abstract void AddUpdate(StepPlan plan, ArrayPlaces places, IBackend backend);

    /// <summary>
    /// Writes what changes from step to step where the operations read it. Allocates nothing. Called before the measurement, if
    /// there is one, and before the update.
    /// </summary>
    public abstract void Prepare(in StepNumbers numbers);

    /// <summary>
    /// Before a step: slots that start as the weights become a copy of them, until <see cref="KeepSlots"/>.
    /// </summary>
    /// <param name="weights">The piece of memory from offset 0 of its parameters.</param>
    public virtual void StartSlots(void* weights) { }

    /// <summary>From now on no slot starts as the weights: a step is complete, or the state was set.</summary>
    public virtual void KeepSlots() { }

    /// <summary>Releases the memory once no plan uses it any more.</summary>
    public virtual void Dispose()
    {
        Rows.Dispose();
        GC.SuppressFinalize(this);
    }
}
