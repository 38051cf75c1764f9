using NativeOpt.Backends.Managed.Optimizers;

namespace NativeOpt;

/// <summary>
/// Schedule-free AdamW (Defazio et al. 2024, https://arxiv.org/abs/2405.15682, algorithm 1); see <see cref="ScheduleFree"/> for which
/// weights are trained and which are for evaluation.
/// </summary>
/// <remarks>
/// <c>v = beta2*v + (1 - beta2)*g^2</c>; with <c>c2 = 1 - beta2^t</c> at step t <c>z = z - lr*g/(sqrt(v/c2) + eps)</c>; x is the
/// average of z; the weights are <c>y = (1 - beta1)*z + beta1*x</c>. Slots: "z", "v".
/// <para>Keras: all steps weigh the same in the average, and <c>y = (1 - lr*decay)*y</c> before.</para>
/// <para>PyTorch, as the authors and optax: a step weighs (largest lr so far)^2, and the decay is in the step of z.</para>
/// Defaults: LearningRate 0.0025, Beta1 0.9, Beta2 0.999, Epsilon 1e-8, WeightPower null, WarmupSteps 0.
/// </remarks>
public sealed record ScheduleFreeAdamW : ScheduleFree
{
    private static readonly RuleSetting[] SettingTable =
    [
        .. AveragingSettings,
        RuleSetting.Beta<ScheduleFreeAdamW>(2, rule => rule.Beta2, (rule, value) => rule with { Beta2 = value }),
        RuleSetting.Number<ScheduleFreeAdamW>("epsilon", rule => rule.Epsilon, (rule, value) => rule with { Epsilon = value }, "eps"),
    ];

    /// <summary>Schedule-free AdamW with a learning rate of 0.0025.</summary>
    public ScheduleFreeAdamW() : base(learningRate: 0.0025) { }

    /// <inheritdoc/>
    public override string Name => "schedule_free_adamw";

    /// <summary>Share of the mean of the squared gradient that survives a step, in [0, 1); 0.999 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta2 { get; init => field = Require.DecayRate(value, nameof(Beta2)); } = 0.999;

    /// <summary>Added to the root; finite and not negative, 1e-8 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Epsilon { get; init => field = Require.Epsilon(value, nameof(Epsilon)); } = 1e-8;

    internal override string KernelName => ScheduleFreeAdamWKernel.Description.Name;

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override bool DecouplesWeightDecay => true;

    internal override bool KernelDecaysWeights => Convention == Convention.PyTorch;

    private protected override double PowerOfWeights => WeightPower ?? (Convention == Convention.Keras ? 0 : 2);

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        base.WriteScalars(step, learningRate, scalars);
        double rootOfC2 = Math.Sqrt(1 - Math.Pow(Beta2, step));
        scalars[1] *= rootOfC2;
        scalars[4] = Beta2;
        scalars[5] = 1 - Beta2;
        scalars[6] = Epsilon * rootOfC2;
    }
}
