namespace NativeOpt;

/// <summary>
/// The settings of an optimizer: an immutable description that can be shared, compared and printed. An <see cref="Optimizer"/>
/// pairs it with the state that a run of steps builds up.
/// </summary>
public abstract record OptimizerRule
{
    /// <summary>Only this library adds rules for now.</summary>
    private protected OptimizerRule() { }

    /// <summary>Step size; finite and not negative. The default is the rule's own.</summary>
    public abstract double LearningRate { get; init; }

    /// <summary>Each gradient element is limited to [-value, value] before anything else happens; null (default): no limit.</summary>
    public double? ClipValue { get; init => field = Require.PositiveOrNull(value, nameof(ClipValue)); }

    /// <summary>
    /// Weight decay, 0 by default. Keras: decoupled, w is multiplied by 1 - LearningRate * WeightDecay before the rule.
    /// PyTorch: coupled, WeightDecay * w is added to the gradient.
    /// </summary>
    public double WeightDecay { get; init => field = Require.NotNegative(value, nameof(WeightDecay)); }

    /// <summary>Climb instead of descend; false by default.</summary>
    public bool Maximize { get; init; }

    /// <summary>Whose arithmetic is followed; Keras by default.</summary>
    public Convention Convention { get; init; }

    /// <summary>Name of the kernel, on both backends.</summary>
    internal abstract string KernelName { get; }

    /// <summary>Variant bits of the kernel, in the order the kernel names them.</summary>
    internal virtual uint Variant => 0;

    /// <summary>Names of the slots, all variants included, in the kernel's order. A static array.</summary>
    internal abstract IReadOnlyList<string> SlotNames { get; }

    /// <summary>Whether slot <paramref name="index"/> is used under <see cref="Variant"/>.</summary>
    internal virtual bool UsesSlot(int index) => true;

    /// <summary>Length of the row <see cref="WriteScalars"/> fills.</summary>
    internal abstract int ScalarCount { get; }

    /// <summary>
    /// Writes the kernel's scalars of step number <paramref name="step"/> (from 1), in double. The learning rate is an argument
    /// because an <see cref="Optimizer"/> may have changed it since the rule was written.
    /// </summary>
    internal abstract void WriteScalars(long step, double learningRate, Span<double> scalars);
}
