using NativeOpt.Backends.Managed.Optimizers;

namespace NativeOpt;

/// <summary>
/// AdamW, Adam with decoupled weight decay (Loshchilov &amp; Hutter 2019, https://arxiv.org/abs/1711.05101, algorithm 2).
/// </summary>
/// <remarks>
/// <c>w = (1 - lr*decay)*w</c> under both conventions, then <see cref="Adam"/>: formulas, epsilons and slots are described there.
/// Defaults (Keras'): LearningRate 0.001, WeightDecay 0.004, Beta1 0.9, Beta2 0.999, Epsilon 1e-7, AmsGrad false,
/// EpsilonRoot 0, Nesterov false.
/// </remarks>
public sealed record AdamW : OptimizerRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Beta<AdamW>(1, rule => rule.Beta1, (rule, value) => rule with { Beta1 = value }),
        RuleSetting.Beta<AdamW>(2, rule => rule.Beta2, (rule, value) => rule with { Beta2 = value }),
        RuleSetting.Number<AdamW>("epsilon", rule => rule.Epsilon, (rule, value) => rule with { Epsilon = value }, "eps"),
        RuleSetting.Flag<AdamW>("amsgrad", rule => rule.AmsGrad, (rule, value) => rule with { AmsGrad = value }),
        RuleSetting.Number<AdamW>("epsilon_root", rule => rule.EpsilonRoot, (rule, value) => rule with { EpsilonRoot = value },
            "eps_root"),
        RuleSetting.Flag<AdamW>("nesterov", rule => rule.Nesterov, (rule, value) => rule with { Nesterov = value }),
    ];

    /// <summary>AdamW with a learning rate of 0.001 and a weight decay of 0.004.</summary>
    public AdamW() : base(learningRate: 0.001) => WeightDecay = 0.004;

    /// <inheritdoc/>
    public override string Name => "adamw";

    /// <summary>Share of the mean of the gradient that survives a step, in [0, 1); 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta1 { get; init => field = Require.DecayRate(value, nameof(Beta1)); } = 0.9;

    /// <summary>Share of the mean of the squared gradient that survives a step, in [0, 1); 0.999 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta2 { get; init => field = Require.DecayRate(value, nameof(Beta2)); } = 0.999;

    /// <summary>Keeps the divisor away from 0; finite and not negative, 1e-7 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Epsilon { get; init => field = Require.Epsilon(value, nameof(Epsilon)); } = 1e-7;

    /// <summary>Divides by the largest v so far instead of the current one; false by default.</summary>
    public bool AmsGrad { get; init; }

    /// <summary>Added under the root, as in optax; finite and not negative, 0 by default. Not together with AmsGrad.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double EpsilonRoot { get; init => field = Require.NotNegative(value, nameof(EpsilonRoot)); }

    /// <summary>
    /// Looks one step ahead with the mean of the gradient, as in optax (<see cref="NAdamW"/> has the formula); false by default. Not
    /// together with AmsGrad.
    /// </summary>
    public bool Nesterov { get; init; }

    internal override string KernelName => LooksAhead ? NadamKernel.Description.Name : AdamKernel.Description.Name;

    /// <summary>The kernel of Nadam can do all but AMSGrad, with one addition and one product more.</summary>
    private bool LooksAhead => Nesterov || EpsilonRoot != 0;

    internal override uint Variant => AmsGrad ? AdamKernel.AmsGrad : 0;

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override bool DecouplesWeightDecay => true;

    internal override void Validate() => Adam.RefuseContradiction(AmsGrad, Nesterov, EpsilonRoot);

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        if (LooksAhead)
            NAdamW.WriteScalars(step, learningRate, Beta1, Beta2, Epsilon, EpsilonRoot, Nesterov, Convention, scalars);
        else
            Adam.WriteScalars(step, learningRate, Beta1, Beta2, Epsilon, Convention, scalars);
    }
}
