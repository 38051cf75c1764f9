using NativeOpt.Backends.Managed.Optimizers;

namespace NativeOpt;

/// <summary>
/// Rprop, resilient backpropagation (Riedmiller &amp; Braun 1993): every weight has a step size of its own, which grows while the
/// sign of its gradient stays and shrinks when it turns. For full batches only: it takes noise for turns.
/// </summary>
/// <remarks>
/// With the gradient of the step before: <c>s = sign(g*previous)</c>; <c>step = step*EtaPlus</c> where s is 1,
/// <c>step*EtaMinus</c> where it is -1, limited to [StepSizeMin, StepSizeMax]; g = 0 where s is -1; <c>w = w - sign(g)*step</c>;
/// <c>previous = g</c>. The same under both conventions. Slots: "previous", and "step", which starts at the rule's LearningRate;
/// the learning rate plays no other part, and cannot follow a schedule.
/// Defaults (PyTorch's): LearningRate 0.01, EtaMinus 0.5, EtaPlus 1.2, StepSizeMin 1e-6, StepSizeMax 50.
/// </remarks>
public sealed record Rprop : OptimizerRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Number<Rprop>("eta_minus", rule => rule.EtaMinus, (rule, value) => rule with { EtaMinus = value }, "etas[0]"),
        RuleSetting.Number<Rprop>("eta_plus", rule => rule.EtaPlus, (rule, value) => rule with { EtaPlus = value }, "etas[1]"),
        RuleSetting.Number<Rprop>("step_size_min", rule => rule.StepSizeMin, (rule, value) => rule with { StepSizeMin = value },
            "step_sizes[0]", "min_step_size"),
        RuleSetting.Number<Rprop>("step_size_max", rule => rule.StepSizeMax, (rule, value) => rule with { StepSizeMax = value },
            "step_sizes[1]", "max_step_size"),
    ];

    /// <summary>Rprop with a learning rate of 0.01.</summary>
    public Rprop() : base(learningRate: 0.01) { }

    /// <inheritdoc/>
    public override string Name => "rprop";

    /// <summary>Factor of a step size where the gradient turned, in [0, 1); 0.5 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double EtaMinus { get; init => field = Require.DecayRate(value, nameof(EtaMinus)); } = 0.5;

    /// <summary>Factor of a step size where the gradient kept its sign; finite and at least 1, 1.2 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1, NaN or infinite.</exception>
    public double EtaPlus { get; init => field = Require.AtLeastOne(value, nameof(EtaPlus)); } = 1.2;

    /// <summary>Smallest step size; finite and not negative, 1e-6 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double StepSizeMin { get; init => field = Require.NotNegative(value, nameof(StepSizeMin)); } = 1e-6;

    /// <summary>Largest step size; finite and positive, 50 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite and positive.</exception>
    public double StepSizeMax { get; init => field = Require.Positive(value, nameof(StepSizeMax)); } = 50;

    internal override string ReasonAgainstSchedule =>
        "every weight has a step size that the rule adapts by itself, and the learning rate is only where they start";

    internal override string KernelName => RpropKernel.Description.Name;

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override double InitialSlotValue(string slot) => slot == "step" ? LearningRate.InitialValue : 0;

    internal override void Validate()
    {
        if (StepSizeMin > StepSizeMax)
            throw new ArgumentException(FormattableString.Invariant(
                $"StepSizeMin is {StepSizeMin}; it must be at most StepSizeMax, which is {StepSizeMax}."), nameof(StepSizeMin));
    }

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        scalars[0] = EtaMinus;
        scalars[1] = EtaPlus;
        scalars[2] = StepSizeMin;
        scalars[3] = StepSizeMax;
    }
}
