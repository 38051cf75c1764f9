using NativeOpt.Backends.Managed.Optimizers;

namespace NativeOpt;

/// <summary>
/// AdamaxW: <see cref="Adamax"/> (Kingma &amp; Ba 2015, algorithm 2) with decoupled weight decay (Loshchilov &amp; Hutter 2019,
/// https://arxiv.org/abs/1711.05101).
/// </summary>
/// <remarks>
/// <c>w = (1 - lr*decay)*w</c>, then Adamax in PyTorch's form, <c>u = max(beta2*u, |g| + eps)</c> and <c>w = w - lr/c1 * m/u</c>, under
/// both conventions. Slots: "m", "u".
/// Defaults (optax'): LearningRate 0.001, WeightDecay 1e-4, Beta1 0.9, Beta2 0.999, Epsilon 1e-8.
/// </remarks>
public sealed record AdamaxW : OptimizerRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Beta<AdamaxW>(1, rule => rule.Beta1, (rule, value) => rule with { Beta1 = value }),
        RuleSetting.Beta<AdamaxW>(2, rule => rule.Beta2, (rule, value) => rule with { Beta2 = value }),
        RuleSetting.Number<AdamaxW>("epsilon", rule => rule.Epsilon, (rule, value) => rule with { Epsilon = value }, "eps"),
    ];

    /// <summary>AdamaxW with a learning rate of 0.001 and a weight decay of 1e-4.</summary>
    public AdamaxW() : base(learningRate: 0.001) => WeightDecay = 1e-4;

    /// <inheritdoc/>
    public override string Name => "adamaxw";

    /// <summary>Share of the mean of the gradient that survives a step, in [0, 1); 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta1 { get; init => field = Require.DecayRate(value, nameof(Beta1)); } = 0.9;

    /// <summary>Share of the largest gradient that survives a step, in [0, 1); 0.999 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta2 { get; init => field = Require.DecayRate(value, nameof(Beta2)); } = 0.999;

    /// <summary>Keeps the divisor away from 0; finite and not negative, 1e-8 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Epsilon { get; init => field = Require.Epsilon(value, nameof(Epsilon)); } = 1e-8;

    internal override string KernelName => AdamaxKernel.Description.Name;

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override bool DecouplesWeightDecay => true;

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars) =>
        Adamax.WriteScalars(step, learningRate, Beta1, Beta2, Epsilon, Convention.PyTorch, scalars);
}
