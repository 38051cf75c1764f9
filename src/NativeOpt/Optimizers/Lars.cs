using NativeOpt.Backends.Managed.Optimizers;

namespace NativeOpt;

/// <summary>
/// LARS, layerwise adaptive rate scaling (You, Gitman &amp; Ginsburg 2017, https://arxiv.org/abs/1708.03888, algorithm 1), for large
/// batches: momentum on gradients that are scaled to a share of the norm of the weights, parameter by parameter.
/// </summary>
/// <remarks>
/// With <c>g = g + decay*w</c> and the norms of one parameter: <c>u = lr * trust*|w|/(|g| + eps) * g</c>, where the ratio
/// <c>trust*|w|/(|g| + eps)</c> is 1 if either norm is 0; <c>b = mu*b + u</c>; <c>w = w - b</c>, or with Nesterov
/// <c>w = w - (mu*b + u)</c>. The same under both conventions. Slot: "b", except without momentum.
/// Defaults (optax'): LearningRate 0.1, Momentum 0.9, Nesterov false, TrustCoefficient 0.001, Epsilon 0, AdaptsRate true,
/// DecaysWeights true.
/// </remarks>
public sealed record Lars : OptimizerRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Number<Lars>("momentum", rule => rule.Momentum, (rule, value) => rule with { Momentum = value }),
        RuleSetting.Flag<Lars>("nesterov", rule => rule.Nesterov, (rule, value) => rule with { Nesterov = value }),
        RuleSetting.Number<Lars>("trust_coefficient", rule => rule.TrustCoefficient,
            (rule, value) => rule with { TrustCoefficient = value }),
        RuleSetting.Number<Lars>("epsilon", rule => rule.Epsilon, (rule, value) => rule with { Epsilon = value }, "eps"),
        RuleSetting.Flag<Lars>("adapts_rate", rule => rule.AdaptsRate, (rule, value) => rule with { AdaptsRate = value },
            "trust_ratio_mask"),
        RuleSetting.Flag<Lars>("decays_weights", rule => rule.DecaysWeights, (rule, value) => rule with { DecaysWeights = value },
            "weight_decay_mask"),
    ];

    /// <summary>LARS with a learning rate of 0.1.</summary>
    public Lars() : base(learningRate: 0.1) { }

    /// <inheritdoc/>
    public override string Name => "lars";

    /// <summary>Share of the velocity that survives a step, mu, in [0, 1]; 0.9 by default. With 0 no velocity is kept.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1].</exception>
    public double Momentum { get; init => field = Require.Fraction(value, nameof(Momentum)); } = 0.9;

    /// <summary>Looks one velocity ahead; false by default. Without momentum it does nothing.</summary>
    public bool Nesterov { get; init; }

    /// <summary>Length of a step of rate 1 relative to the weights; finite and not negative, 0.001 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double TrustCoefficient { get; init => field = Require.NotNegative(value, nameof(TrustCoefficient)); } = 0.001;

    /// <summary>Added to the norm of the gradient; finite and not negative, 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Epsilon { get; init => field = Require.Epsilon(value, nameof(Epsilon)); }

    /// <summary>Whether steps are scaled by the norms; true by default. False is for parameters such as biases: momentum alone.</summary>
    public bool AdaptsRate { get; init; } = true;

    /// <summary>Whether <see cref="OptimizerRule.WeightDecay"/> applies; true by default. False is for biases and the like.</summary>
    public bool DecaysWeights { get; init; } = true;

    internal override string KernelName => LarsKernel.Description.Name;

    internal override uint Variant =>
        (Momentum != 0 ? LarsKernel.Momentum : 0) | (Momentum != 0 && Nesterov ? LarsKernel.Nesterov : 0);

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override bool DecouplesWeightDecay => false;

    /// <summary>The kernel has no decay of its own: this is how the decay is switched off.</summary>
    internal override bool KernelDecaysWeights => !DecaysWeights;

    internal override bool NeedsRowPerParameter => true;

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        scalars[0] = learningRate;
        scalars[1] = Momentum;
        scalars[2] = TrustCoefficient;
        scalars[3] = Epsilon;
        scalars[4] = AdaptsRate ? 1 : 0;
    }
}
