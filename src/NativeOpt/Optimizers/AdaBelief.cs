using NativeOpt.Backends.Managed.Optimizers;

namespace NativeOpt;

/// <summary>
/// AdaBelief (Zhuang et al. 2020, https://arxiv.org/abs/2010.07468): Adam that divides by how far the gradient is from its mean.
/// </summary>
/// <remarks>
/// <c>m = beta1*m + (1 - beta1)*g</c>; <c>v = beta2*v + (1 - beta2)*(g - m)^2 + epsroot</c>; with <c>c1 = 1 - beta1^t</c> and
/// <c>c2 = 1 - beta2^t</c> at step t: <c>w = w - lr * (m/c1)/(sqrt(v/c2) + eps)</c>. With Nesterov,
/// <c>beta1*m/(1 - beta1^(t+1)) + (1 - beta1)*g/c1</c> takes the place of m/c1. The same under both conventions, and so is the
/// decoupled weight decay. Slots: "m", "v".
/// Defaults (optax'): LearningRate 0.001, Beta1 0.9, Beta2 0.999, Epsilon 1e-16, EpsilonRoot 1e-16, Nesterov false.
/// </remarks>
public sealed record AdaBelief : OptimizerRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Beta<AdaBelief>(1, rule => rule.Beta1, (rule, value) => rule with { Beta1 = value }),
        RuleSetting.Beta<AdaBelief>(2, rule => rule.Beta2, (rule, value) => rule with { Beta2 = value }),
        RuleSetting.Number<AdaBelief>("epsilon", rule => rule.Epsilon, (rule, value) => rule with { Epsilon = value }, "eps"),
        RuleSetting.Number<AdaBelief>("epsilon_root", rule => rule.EpsilonRoot, (rule, value) => rule with { EpsilonRoot = value },
            "eps_root"),
        RuleSetting.Flag<AdaBelief>("nesterov", rule => rule.Nesterov, (rule, value) => rule with { Nesterov = value }),
    ];

    /// <summary>AdaBelief with a learning rate of 0.001.</summary>
    public AdaBelief() : base(learningRate: 0.001) { }

    /// <inheritdoc/>
    public override string Name => "adabelief";

    /// <summary>Share of the mean of the gradient that survives a step, in [0, 1); 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta1 { get; init => field = Require.DecayRate(value, nameof(Beta1)); } = 0.9;

    /// <summary>Share of the mean of the squared deviation that survives a step, in [0, 1); 0.999 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta2 { get; init => field = Require.DecayRate(value, nameof(Beta2)); } = 0.999;

    /// <summary>Added to the root; finite and not negative, 1e-16 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Epsilon { get; init => field = Require.Epsilon(value, nameof(Epsilon)); } = 1e-16;

    /// <summary>Added to v in each step; finite and not negative, 1e-16 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double EpsilonRoot { get; init => field = Require.NotNegative(value, nameof(EpsilonRoot)); } = 1e-16;

    /// <summary>Looks one step ahead with the mean of the gradient; false by default.</summary>
    public bool Nesterov { get; init; }

    internal override string KernelName => AdaBeliefKernel.Description.Name;

    internal override uint Variant => Nesterov ? AdaBeliefKernel.Nesterov : 0;

    internal override bool DecouplesWeightDecay => true;

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        double c1 = 1 - Math.Pow(Beta1, step);
        double rootOfC2 = Math.Sqrt(1 - Math.Pow(Beta2, step));
        // Multiplied through by sqrt(c2), so that the kernel takes the root of v itself.
        double rate = learningRate * rootOfC2;
        scalars[0] = Beta1;
        scalars[1] = 1 - Beta1;
        scalars[2] = Beta2;
        scalars[3] = 1 - Beta2;
        scalars[4] = EpsilonRoot;
        scalars[5] = Nesterov ? rate * Beta1 / (1 - Math.Pow(Beta1, step + 1)) : rate / c1;
        scalars[6] = rate * (1 - Beta1) / c1;
        scalars[7] = Epsilon * rootOfC2;
    }
}
