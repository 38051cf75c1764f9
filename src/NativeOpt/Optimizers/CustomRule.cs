using System.Numerics;
using NativeOpt.Optimizers;

namespace NativeOpt;

/// <summary>
/// Base of optimizer rules written in C#. They work wherever the built-in ones do: on arrays, in models on every backend, in a
/// <see cref="MultiOptimizer"/>, with schedules for their settings, and their slots are in the state. The arithmetic is written once for
/// float and double. CustomRule.md beside the source shows one from end to end.
/// </summary>
/// <remarks>
/// What all rules do before their own arithmetic (limits, <see cref="OptimizerRule.Maximize"/>,
/// <see cref="OptimizerRule.WeightDecay"/>) is done before <see cref="Update{T}"/> is called: once for each parameter, in their order, on
/// the thread of the step. It must not call the optimizer or the model. What it throws leaves the step, which then does not count; the
/// parameters before that one are updated by then. For steps that allocate nothing it allocates nothing, and <see cref="Slots"/>,
/// <see cref="Numbers"/> and <see cref="Settings"/> return lists that are made once.
/// </remarks>
/// <example>
/// <code>
/// /// v = mu v - lr g, w = w + v.
/// sealed record OwnMomentum() : CustomRule(learningRate: 0.01)
/// {
///     static readonly RuleSlot[] SlotTable = [new("v")];
///     static readonly RuleSetting[] SettingTable =
///     [
///         RuleSetting.Number&lt;OwnMomentum&gt;(
///             "momentum", rule =&gt; rule.Momentum, (rule, value) =&gt; rule with { Momentum = value }),
///     ];
///
///     public override string Name =&gt; "own_momentum";
///     public double Momentum { get; init; } = 0.9;
///     protected override IReadOnlyList&lt;RuleSlot&gt; Slots =&gt; SlotTable;
///     protected override IReadOnlyList&lt;RuleSetting&gt; Settings =&gt; SettingTable;
///
///     protected override void Update&lt;T&gt;(in RuleUpdate&lt;T&gt; update)
///     {
///         (T mu, T rate) = (T.CreateChecked(Momentum), T.CreateChecked(update.LearningRate));
///         Span&lt;T&gt; v = update.Slot(0);
///         for (int i = 0; i &lt; v.Length; i++)
///         {
///             v[i] = mu * v[i] - rate * update.Gradients[i];
///             update.Weights[i] += v[i];
///         }
///     }
/// }
/// </code>
/// </example>
public abstract record CustomRule : OptimizerRule
{
    /// <summary>A rule.</summary>
    /// <param name="learningRate">Its default.</param>
    /// <exception cref="ArgumentOutOfRangeException">learningRate is negative, NaN or infinite.</exception>
    protected CustomRule(double learningRate) : base(learningRate) { }

    /// <summary>
    /// The arrays kept for each parameter; none by default. They may depend on settings, as long as no schedule changes how many they are.
    /// </summary>
    protected virtual IReadOnlyList<RuleSlot> Slots => [];

    /// <summary>
    /// Numbers kept from step to step for all parameters together, names and first values: <see cref="OptimizerState.Scalars"/>. None by
    /// default.
    /// </summary>
    protected virtual IReadOnlyList<KeyValuePair<string, double>> Numbers => [];

    /// <summary>
    /// The rule's own settings, for texts and schedules; none by default. A number that can follow a schedule has the name of its
    /// property, which has an init accessor.
    /// </summary>
    protected virtual IReadOnlyList<RuleSetting> Settings => [];

    /// <summary><see cref="Slots"/>.</summary>
    internal IReadOnlyList<RuleSlot> SlotList => Slots;

    /// <inheritdoc/>
    internal sealed override string KernelName => Name;

    /// <inheritdoc/>
    internal sealed override uint Variant => (uint)Slots.Count;

    /// <inheritdoc/>
    internal sealed override IReadOnlyList<RuleSetting> OwnSettings => Settings;

    /// <inheritdoc/>
    internal sealed override IReadOnlyList<KeyValuePair<string, double>> KeptNumbers => Numbers;

    /// <summary>Updates the weights of a parameter, in place.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="update">The parameter and the step.</param>
    protected abstract void Update<T>(in RuleUpdate<T> update) where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>
    /// Moves <see cref="Numbers"/> on once a step is complete, before they become the state; leaves them alone by default.
    /// </summary>
    /// <param name="stepNumber">Number of the step, from 1.</param>
    /// <param name="learningRate">The learning rate that was in force.</param>
    /// <param name="numbers">In and out, in their order.</param>
    protected virtual void AdvanceNumbers(long stepNumber, double learningRate, Span<double> numbers) { }

    /// <summary>
    /// Refuses settings that are fine one by one but contradict each other, when an optimizer is made and when schedules have changed
    /// them; by default nothing.
    /// </summary>
    /// <exception cref="ArgumentException">They do.</exception>
    protected virtual void CheckSettings() { }

    /// <inheritdoc/>
    internal sealed override void Validate()
    {
        if (string.IsNullOrWhiteSpace(Name))
            throw new ArgumentException($"{GetType().Name} has no name; its property Name is null or empty.", nameof(Name));
        IReadOnlyList<RuleSlot> slots = RequireList(Slots, nameof(Slots));
        RequireList(Numbers, nameof(Numbers));
        RequireList(Settings, nameof(Settings));
        for (int i = 0; i < slots.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(slots[i].Name))
                throw new ArgumentException($"Slots[{i}] of {Name} has no name.", nameof(Slots));
            for (int j = 0; j < i; j++)
                if (slots[i].Name == slots[j].Name)
                    throw new ArgumentException($"{Name} has two slots '{slots[i].Name}'.", nameof(Slots));
        }
        CheckSettings();
    }

    private IReadOnlyList<T> RequireList<T>(IReadOnlyList<T>? list, string property) =>
        list ?? throw new ArgumentException($"{property} of {Name} is null; a rule without any has an empty list.", property);

    /// <summary>Calls <see cref="Update{T}"/>.</summary>
    internal void Run<T>(in RuleUpdate<T> update) where T : unmanaged, IFloatingPointIeee754<T> => Update(update);

    /// <inheritdoc/>
    internal sealed override void WriteScalars(long step, double learningRate, Span<double> scalars) { }

    /// <inheritdoc/>
    internal sealed override void AdvanceKeptNumbers(long step, double learningRate, Span<double> kept) =>
        AdvanceNumbers(step, learningRate, kept);

    /// <inheritdoc/>
    internal sealed override UpdateBlock CreateBlock(StepRows rows) => new CustomBlock(this, rows);

    /// <summary>Null where no name is registered that makes rules of this type.</summary>
    internal sealed override OptimizerRule? CreateDefaults() =>
        FindFactory(Name)?.Invoke() is { } created && created.GetType() == GetType() ? created : null;
}
