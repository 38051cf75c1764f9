using NativeOpt.Backends.Managed.Optimizers;

namespace NativeOpt;

/// <summary>
/// LAMB, layerwise adaptive moments (You et al. 2020, https://arxiv.org/abs/1904.00962, algorithm 2), for large batches: Adam whose step
/// over each parameter is as long as the learning rate times the norm of its weights.
/// </summary>
/// <remarks>
/// With <c>m = beta1*m + (1 - beta1)*g</c>, <c>v = beta2*v + (1 - beta2)*g^2</c>, <c>c1 = 1 - beta1^t</c>, <c>c2 = 1 - beta2^t</c> at
/// step t: <c>u = (m/c1)/(sqrt(v/c2 + epsroot) + eps)</c>; <c>w = w - lr*|w|/|u| * u</c>, where the norms run over one parameter and
/// the ratio is 1 if either is 0.
/// <para>Keras: <c>w = (1 - lr*decay)*w</c> before.</para>
/// <para>PyTorch, as in the paper and in optax: <c>u = u + decay*w</c> before the norms.</para>
/// Slots: "m", "v". Defaults (Keras'): LearningRate 0.001, Beta1 0.9, Beta2 0.999, Epsilon 1e-7 (optax: 1e-6), EpsilonRoot 0.
/// </remarks>
public sealed record Lamb : OptimizerRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Beta<Lamb>(1, rule => rule.Beta1, (rule, value) => rule with { Beta1 = value }),
        RuleSetting.Beta<Lamb>(2, rule => rule.Beta2, (rule, value) => rule with { Beta2 = value }),
        RuleSetting.Number<Lamb>("epsilon", rule => rule.Epsilon, (rule, value) => rule with { Epsilon = value }, "eps"),
        RuleSetting.Number<Lamb>("epsilon_root", rule => rule.EpsilonRoot, (rule, value) => rule with { EpsilonRoot = value },
            "eps_root"),
    ];

    /// <summary>LAMB with a learning rate of 0.001.</summary>
    public Lamb() : base(learningRate: 0.001) { }

    /// <inheritdoc/>
    public override string Name => "lamb";

    /// <summary>Share of the mean of the gradient that survives a step, in [0, 1); 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta1 { get; init => field = Require.DecayRate(value, nameof(Beta1)); } = 0.9;

    /// <summary>Share of the mean of the squared gradient that survives a step, in [0, 1); 0.999 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta2 { get; init => field = Require.DecayRate(value, nameof(Beta2)); } = 0.999;

    /// <summary>Added to the root; finite and not negative, 1e-7 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Epsilon { get; init => field = Require.Epsilon(value, nameof(Epsilon)); } = 1e-7;

    /// <summary>Added under the root; finite and not negative, 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double EpsilonRoot { get; init => field = Require.NotNegative(value, nameof(EpsilonRoot)); }

    internal override string KernelName => LambKernel.Description.Name;

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override bool DecouplesWeightDecay => true;

    internal override bool KernelDecaysWeights => Convention == Convention.PyTorch;

    internal override bool NeedsRowPerParameter => true;

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        double c2 = 1 - Math.Pow(Beta2, step);
        double rootOfC2 = Math.Sqrt(c2);
        scalars[0] = Beta1;
        scalars[1] = 1 - Beta1;
        scalars[2] = Beta2;
        scalars[3] = 1 - Beta2;
        // Numerator and denominator of u are multiplied by sqrt(c2), as in Adam.
        scalars[4] = rootOfC2 / (1 - Math.Pow(Beta1, step));
        scalars[5] = EpsilonRoot * c2;
        scalars[6] = Epsilon * rootOfC2;
        scalars[7] = KernelDecaysWeights ? WeightDecay : 0;
        scalars[8] = learningRate;
    }
}
