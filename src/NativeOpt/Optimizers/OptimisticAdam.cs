using NativeOpt.Backends.Managed.Optimizers;

namespace NativeOpt;

/// <summary>
/// Optimistic Adam (Daskalakis et al. 2017, https://arxiv.org/abs/1711.00141): Adam that steps ahead along the change of its direction,
/// for games such as generative adversarial networks.
/// </summary>
/// <remarks>
/// With <c>m = beta1*m + (1 - beta1)*g</c>, <c>v = beta2*v + (1 - beta2)*g^2</c>, <c>c1 = 1 - beta1^t</c>, <c>c2 = 1 - beta2^t</c> at
/// step t: <c>r = (m/c1)/(sqrt(v/c2 + epsroot) + eps)</c>; <c>w = w - lr*r - optimism*(r - previous r)</c>, without the last term in
/// the first step. With Nesterov, <c>beta1*m/(1 - beta1^(t+1)) + (1 - beta1)*g/c1</c> takes the place of m/c1. The same under both
/// conventions but for the weight decay: decoupled (Keras), coupled (PyTorch). Slots: "m", "v", "previous".
/// Defaults (optax'): LearningRate 0.001, Optimism null (the learning rate), Beta1 0.9, Beta2 0.999, Epsilon 1e-8, EpsilonRoot 0,
/// Nesterov true.
/// </remarks>
public sealed record OptimisticAdam : OptimizerRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.OptionalNumber<OptimisticAdam>("optimism", rule => rule.Optimism, (rule, value) => rule with { Optimism = value }),
        RuleSetting.Beta<OptimisticAdam>(1, rule => rule.Beta1, (rule, value) => rule with { Beta1 = value }),
        RuleSetting.Beta<OptimisticAdam>(2, rule => rule.Beta2, (rule, value) => rule with { Beta2 = value }),
        RuleSetting.Number<OptimisticAdam>("epsilon", rule => rule.Epsilon, (rule, value) => rule with { Epsilon = value }, "eps"),
        RuleSetting.Number<OptimisticAdam>("epsilon_root", rule => rule.EpsilonRoot,
            (rule, value) => rule with { EpsilonRoot = value }, "eps_root"),
        RuleSetting.Flag<OptimisticAdam>("nesterov", rule => rule.Nesterov, (rule, value) => rule with { Nesterov = value }),
    ];

    /// <summary>Optimistic Adam with a learning rate of 0.001.</summary>
    public OptimisticAdam() : base(learningRate: 0.001) { }

    /// <inheritdoc/>
    public override string Name => "optimistic_adam";

    /// <summary>Weight of the change of direction; finite and not negative. Null (default): as large as the learning rate.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double? Optimism
    {
        get;
        init => field = value is { } number ? Require.NotNegative(number, nameof(Optimism)) : null;
    }

    /// <summary>Share of the mean of the gradient that survives a step, in [0, 1); 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta1 { get; init => field = Require.DecayRate(value, nameof(Beta1)); } = 0.9;

    /// <summary>Share of the mean of the squared gradient that survives a step, in [0, 1); 0.999 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta2 { get; init => field = Require.DecayRate(value, nameof(Beta2)); } = 0.999;

    /// <summary>Added to the root; finite and not negative, 1e-8 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Epsilon { get; init => field = Require.Epsilon(value, nameof(Epsilon)); } = 1e-8;

    /// <summary>Added under the root; finite and not negative, 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double EpsilonRoot { get; init => field = Require.NotNegative(value, nameof(EpsilonRoot)); }

    /// <summary>Looks one step ahead with the mean of the gradient; true by default.</summary>
    public bool Nesterov { get; init; } = true;

    internal override string KernelName => OptimisticAdamKernel.Description.Name;

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        double c1 = 1 - Math.Pow(Beta1, step);
        double c2 = 1 - Math.Pow(Beta2, step);
        double rootOfC2 = Math.Sqrt(c2);
        double lag = step == 1 ? 0 : Optimism ?? learningRate;
        scalars[0] = Beta1;
        scalars[1] = 1 - Beta1;
        scalars[2] = Beta2;
        scalars[3] = 1 - Beta2;
        // Numerator and denominator of r are multiplied by sqrt(c2), as in Adam.
        scalars[4] = Nesterov ? rootOfC2 * Beta1 / (1 - Math.Pow(Beta1, step + 1)) : rootOfC2 / c1;
        scalars[5] = Nesterov ? rootOfC2 * (1 - Beta1) / c1 : 0;
        scalars[6] = EpsilonRoot * c2;
        scalars[7] = Epsilon * rootOfC2;
        scalars[8] = learningRate + lag;
        scalars[9] = lag;
    }
}
