using NativeOpt.Backends.Managed.Optimizers;

namespace NativeOpt;

/// <summary>
/// AdEMAMix (Pagliardini et al. 2024, https://arxiv.org/abs/2409.03137): Adam with a second, very slow mean of the gradient.
/// </summary>
/// <remarks>
/// <c>m1 = beta1*m1 + (1 - beta1)*g</c>; <c>m2 = beta3*m2 + (1 - beta3)*g</c>; <c>v = beta2*v + (1 - beta2)*g^2</c>; with
/// <c>c1 = 1 - beta1^t</c> and <c>c2 = 1 - beta2^t</c> at step t:
/// <c>w = w - lr * (m1/c1 + alpha*m2)/(sqrt(v/c2 + epsroot) + eps)</c>. Alpha and beta3 are constant: the paper's warm-up of the
/// two is not done. The same under both conventions, and so is the decoupled weight decay. Slots: "m1", "m2", "v".
/// Defaults (optax'): LearningRate 0.001, Beta1 0.9, Beta2 0.999, Beta3 0.9999, Alpha 5, Epsilon 1e-8, EpsilonRoot 0.
/// </remarks>
public sealed record AdEMAMix : OptimizerRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Beta<AdEMAMix>(1, rule => rule.Beta1, (rule, value) => rule with { Beta1 = value }),
        RuleSetting.Beta<AdEMAMix>(2, rule => rule.Beta2, (rule, value) => rule with { Beta2 = value }),
        RuleSetting.Beta<AdEMAMix>(3, rule => rule.Beta3, (rule, value) => rule with { Beta3 = value }),
        RuleSetting.Number<AdEMAMix>("alpha", rule => rule.Alpha, (rule, value) => rule with { Alpha = value }),
        RuleSetting.Number<AdEMAMix>("epsilon", rule => rule.Epsilon, (rule, value) => rule with { Epsilon = value }, "eps"),
        RuleSetting.Number<AdEMAMix>("epsilon_root", rule => rule.EpsilonRoot, (rule, value) => rule with { EpsilonRoot = value },
            "eps_root"),
    ];

    /// <summary>AdEMAMix with a learning rate of 0.001.</summary>
    public AdEMAMix() : base(learningRate: 0.001) { }

    /// <inheritdoc/>
    public override string Name => "ademamix";

    /// <summary>Share of the fast mean of the gradient that survives a step, in [0, 1); 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta1 { get; init => field = Require.DecayRate(value, nameof(Beta1)); } = 0.9;

    /// <summary>Share of the mean of the squared gradient that survives a step, in [0, 1); 0.999 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta2 { get; init => field = Require.DecayRate(value, nameof(Beta2)); } = 0.999;

    /// <summary>Share of the slow mean of the gradient that survives a step, in [0, 1); 0.9999 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta3 { get; init => field = Require.DecayRate(value, nameof(Beta3)); } = 0.9999;

    /// <summary>Weight of the slow mean; finite and not negative, 5 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Alpha { get; init => field = Require.NotNegative(value, nameof(Alpha)); } = 5;

    /// <summary>Added to the root; finite and not negative, 1e-8 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Epsilon { get; init => field = Require.Epsilon(value, nameof(Epsilon)); } = 1e-8;

    /// <summary>Added under the root; finite and not negative, 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double EpsilonRoot { get; init => field = Require.NotNegative(value, nameof(EpsilonRoot)); }

    internal override string KernelName => AdEMAMixKernel.Description.Name;

    internal override bool DecouplesWeightDecay => true;

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        double c1 = 1 - Math.Pow(Beta1, step);
        double c2 = 1 - Math.Pow(Beta2, step);
        double rate = learningRate * Math.Sqrt(c2);
        scalars[0] = Beta1;
        scalars[1] = 1 - Beta1;
        scalars[2] = Beta2;
        scalars[3] = 1 - Beta2;
        scalars[4] = Beta3;
        scalars[5] = 1 - Beta3;
        scalars[6] = rate / c1;
        scalars[7] = rate * Alpha;
        scalars[8] = EpsilonRoot * c2;
        scalars[9] = Epsilon * Math.Sqrt(c2);
    }
}
