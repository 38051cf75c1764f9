using NativeOpt.Backends.Managed.Optimizers;

namespace NativeOpt;

/// <summary>
/// NovoGrad (Ginsburg et al. 2019, https://arxiv.org/abs/1905.11286, algorithm 1): Adam with one second moment for a whole parameter.
/// </summary>
/// <remarks>
/// With the norm of the gradient of one parameter: <c>v = beta2*v + (1 - beta2)*|g|^2</c>, in the first step <c>v = |g|^2</c>;
/// <c>m = beta1*m + g/(sqrt(v + epsroot) + eps) + decay*w</c>; <c>w = w - lr*m</c>. The same under both conventions, weight decay
/// included. Slot: "m"; number of each parameter: "v".
/// Defaults (optax'): LearningRate 0.001, Beta1 0.9, Beta2 0.25, Epsilon 1e-6, EpsilonRoot 0.
/// </remarks>
public sealed record NovoGrad : OptimizerRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Beta<NovoGrad>(1, rule => rule.Beta1, (rule, value) => rule with { Beta1 = value }),
        RuleSetting.Beta<NovoGrad>(2, rule => rule.Beta2, (rule, value) => rule with { Beta2 = value }),
        RuleSetting.Number<NovoGrad>("epsilon", rule => rule.Epsilon, (rule, value) => rule with { Epsilon = value }, "eps"),
        RuleSetting.Number<NovoGrad>("epsilon_root", rule => rule.EpsilonRoot, (rule, value) => rule with { EpsilonRoot = value },
            "eps_root"),
    ];

    /// <summary>NovoGrad with a learning rate of 0.001.</summary>
    public NovoGrad() : base(learningRate: 0.001) { }

    /// <inheritdoc/>
    public override string Name => "novograd";

    /// <summary>Share of the sum of directions that survives a step, in [0, 1); 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta1 { get; init => field = Require.DecayRate(value, nameof(Beta1)); } = 0.9;

    /// <summary>Share of the mean of the squared norm that survives a step, in [0, 1); 0.25 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta2 { get; init => field = Require.DecayRate(value, nameof(Beta2)); } = 0.25;

    /// <summary>Added to the root; finite and not negative, 1e-6 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Epsilon { get; init => field = Require.Epsilon(value, nameof(Epsilon)); } = 1e-6;

    /// <summary>Added under the root; finite and not negative, 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double EpsilonRoot { get; init => field = Require.NotNegative(value, nameof(EpsilonRoot)); }

    internal override string KernelName => NovoGradKernel.Description.Name;

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override bool KernelDecaysWeights => true;

    internal override bool NeedsRowPerParameter => true;

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        scalars[0] = Beta1;
        scalars[1] = step == 1 ? 0 : Beta2;
        scalars[2] = step == 1 ? 1 : 1 - Beta2;
        scalars[3] = EpsilonRoot;
        scalars[4] = Epsilon;
        scalars[5] = WeightDecay;
        scalars[6] = learningRate;
    }
}
