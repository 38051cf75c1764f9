using NativeOpt.Backends.Managed.Optimizers;

namespace NativeOpt;

/// <summary>
/// NAdamW, Adam with Nesterov's momentum (Dozat 2016, "Incorporating Nesterov momentum into Adam") at a constant rate, and decoupled
/// weight decay (Loshchilov &amp; Hutter 2019, https://arxiv.org/abs/1711.05101). Keras and PyTorch have a schedule of momenta instead:
/// that is <see cref="Nadam"/>.
/// </summary>
/// <remarks>
/// With <c>m = beta1*m + (1 - beta1)*g</c>, <c>v = beta2*v + (1 - beta2)*g^2</c>, <c>c1(t) = 1 - beta1^t</c>, <c>c2 = 1 - beta2^t</c> at
/// step t: <c>n = beta1*m/c1(t+1) + (1 - beta1)*g/c1(t)</c>; <c>w = (1 - lr*decay)*w - lr * n/(sqrt(v/c2 + epsroot) + eps)</c>. Without
/// Nesterov n is m/c1(t). The same under both conventions. Slots: "m", "v". Defaults (optax'): LearningRate 0.001, WeightDecay 1e-4,
/// Beta1 0.9, Beta2 0.999, Epsilon 1e-8, EpsilonRoot 0, Nesterov true.
/// </remarks>
public sealed record NAdamW : OptimizerRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Beta<NAdamW>(1, rule => rule.Beta1, (rule, value) => rule with { Beta1 = value }),
        RuleSetting.Beta<NAdamW>(2, rule => rule.Beta2, (rule, value) => rule with { Beta2 = value }),
        RuleSetting.Number<NAdamW>("epsilon", rule => rule.Epsilon, (rule, value) => rule with { Epsilon = value }, "eps"),
        RuleSetting.Number<NAdamW>("epsilon_root", rule => rule.EpsilonRoot, (rule, value) => rule with { EpsilonRoot = value },
            "eps_root"),
        RuleSetting.Flag<NAdamW>("nesterov", rule => rule.Nesterov, (rule, value) => rule with { Nesterov = value }),
    ];

    /// <summary>NAdamW with a learning rate of 0.001 and a weight decay of 1e-4.</summary>
    public NAdamW() : base(learningRate: 0.001) => WeightDecay = 1e-4;

    /// <inheritdoc/>
    public override string Name => "nadamw";

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

    internal override string KernelName => NadamKernel.Description.Name;

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override bool DecouplesWeightDecay => true;

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars) =>
        WriteScalars(step, learningRate, Beta1, Beta2, Epsilon, EpsilonRoot, Nesterov, Convention.PyTorch, scalars);

    /// <summary>The scalars of the kernel, for all rules that use it without a schedule of momenta.</summary>
    internal static void WriteScalars(long step, double learningRate, double beta1, double beta2, double epsilon, double epsilonRoot,
        bool nesterov, Convention convention, Span<double> scalars)
    {
        double c1 = 1 - Math.Pow(beta1, step);
        double c2 = 1 - Math.Pow(beta2, step);
        double rootOfC2 = Math.Sqrt(c2);
        bool keras = convention == Convention.Keras;
        scalars[0] = beta1;
        scalars[1] = 1 - beta1;
        scalars[2] = beta2;
        scalars[3] = 1 - beta2;
        scalars[4] = nesterov ? learningRate * rootOfC2 * (1 - beta1) / c1 : 0;
        scalars[5] = learningRate * rootOfC2 * (nesterov ? beta1 / (1 - Math.Pow(beta1, step + 1)) : 1 / c1);
        // Numerator and denominator are multiplied by sqrt(c2), as in Adam; Keras leaves its epsilons alone there.
        scalars[6] = keras ? epsilonRoot : epsilonRoot * c2;
        scalars[7] = keras ? epsilon : epsilon * rootOfC2;
    }
}
