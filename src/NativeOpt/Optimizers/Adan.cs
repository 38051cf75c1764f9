using NativeOpt.Backends.Managed.Optimizers;

namespace NativeOpt;

/// <summary>
/// Adan (Xie et al. 2022, https://arxiv.org/abs/2208.06677): Adam with Nesterov's look-ahead, estimated from the change of the
/// gradient.
/// </summary>
/// <remarks>
/// With <c>d = g - previous gradient</c>, 0 in the first step: <c>m = beta1*m + (1 - beta1)*g</c>;
/// <c>v = beta2*v + (1 - beta2)*d</c>; <c>n = beta3*n + (1 - beta3)*(g + a*d)^2</c>; with <c>ci = 1 - betai^t</c> at step t:
/// <c>w = w - lr * (m/c1 + a*v/c2)/(sqrt(n/c3 + epsroot) + eps)</c>.
/// <para>Keras (which has no Adan; optax' arithmetic): a = 1 - beta2. PyTorch (the authors' code): a = beta2.</para>
/// Weight decay is decoupled under both. Slots: "m", "v", "n", "previous".
/// Defaults (optax'): LearningRate 0.001, Beta1 0.98, Beta2 0.92, Beta3 0.99, Epsilon 1e-8, EpsilonRoot 1e-8.
/// </remarks>
public sealed record Adan : OptimizerRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Beta<Adan>(1, rule => rule.Beta1, (rule, value) => rule with { Beta1 = value }),
        RuleSetting.Beta<Adan>(2, rule => rule.Beta2, (rule, value) => rule with { Beta2 = value }),
        RuleSetting.Beta<Adan>(3, rule => rule.Beta3, (rule, value) => rule with { Beta3 = value }),
        RuleSetting.Number<Adan>("epsilon", rule => rule.Epsilon, (rule, value) => rule with { Epsilon = value }, "eps"),
        RuleSetting.Number<Adan>("epsilon_root", rule => rule.EpsilonRoot, (rule, value) => rule with { EpsilonRoot = value },
            "eps_root"),
    ];

    /// <summary>Adan with a learning rate of 0.001.</summary>
    public Adan() : base(learningRate: 0.001) { }

    /// <inheritdoc/>
    public override string Name => "adan";

    /// <summary>Share of the mean of the gradient that survives a step, in [0, 1); 0.98 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta1 { get; init => field = Require.DecayRate(value, nameof(Beta1)); } = 0.98;

    /// <summary>Share of the mean of its changes that survives a step, in [0, 1); 0.92 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta2 { get; init => field = Require.DecayRate(value, nameof(Beta2)); } = 0.92;

    /// <summary>Share of the mean of the squares that survives a step, in [0, 1); 0.99 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta3 { get; init => field = Require.DecayRate(value, nameof(Beta3)); } = 0.99;

    /// <summary>Added to the root; finite and not negative, 1e-8 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Epsilon { get; init => field = Require.Epsilon(value, nameof(Epsilon)); } = 1e-8;

    /// <summary>Added under the root; finite and not negative, 1e-8 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double EpsilonRoot { get; init => field = Require.NotNegative(value, nameof(EpsilonRoot)); } = 1e-8;

    internal override string KernelName => AdanKernel.Description.Name;

    internal override bool DecouplesWeightDecay => true;

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        double c1 = 1 - Math.Pow(Beta1, step);
        double c2 = 1 - Math.Pow(Beta2, step);
        double c3 = 1 - Math.Pow(Beta3, step);
        double rate = learningRate * Math.Sqrt(c3);
        double weight = Convention == Convention.Keras ? 1 - Beta2 : Beta2;
        scalars[0] = Beta1;
        scalars[1] = 1 - Beta1;
        scalars[2] = Beta2;
        scalars[3] = 1 - Beta2;
        scalars[4] = Beta3;
        scalars[5] = 1 - Beta3;
        scalars[6] = step == 1 ? 0 : 1;
        scalars[7] = weight;
        scalars[8] = rate / c1;
        scalars[9] = rate * weight / c2;
        scalars[10] = EpsilonRoot * c3;
        scalars[11] = Epsilon * Math.Sqrt(c3);
    }
}
