using NativeOpt.Backends.Managed.Optimizers;
using NativeOpt.Optimizers;
using static NativeOpt.Optimizers.DistanceEstimate;

namespace NativeOpt;

/// <summary>
/// D-Adaptation for AdamW (Defazio &amp; Mishchenko 2023, https://arxiv.org/abs/2301.07733, algorithm 5): Adam that finds its learning
/// rate, the distance d to the solution, by itself. LearningRate is a factor on d: leave it at 1, or let it follow a schedule that starts
/// at 1.
/// </summary>
/// <remarks>
/// With <c>rate = d*lr*sqrt(1 - beta2^t)/(1 - beta1^t)</c> at step t, d as the step before left it, and <c>b = sqrt(beta2)</c>:
/// <c>r = b*r + (1 - b)*rate*sum(g*s/(sqrt(v) + eps))</c>; <c>m = beta1*m + (1 - beta1)*rate*g</c>; <c>v = beta2*v + (1 - beta2)*g^2</c>;
/// <c>s = b*s + (1 - b)*rate*g</c>; <c>d = max(d, r/((1 - b)*sum(|s|)))</c>; <c>w = w - m/(sqrt(v) + eps) - rate*decay*w</c>. The sums
/// run over all parameters. While sum(|s|) is 0, d stays. The same under both conventions, weight decay included.
/// Slots: "m", "v", "sum" (s); numbers in the state: "d", "numerator" (r), "rate".
/// Defaults (optax'): LearningRate 1, Beta1 0.9, Beta2 0.999, Epsilon 1e-8, InitialEstimate 1e-6.
/// </remarks>
public sealed record DAdaptAdamW : OptimizerRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Beta<DAdaptAdamW>(1, rule => rule.Beta1, (rule, value) => rule with { Beta1 = value }),
        RuleSetting.Beta<DAdaptAdamW>(2, rule => rule.Beta2, (rule, value) => rule with { Beta2 = value }),
        RuleSetting.Number<DAdaptAdamW>("epsilon", rule => rule.Epsilon, (rule, value) => rule with { Epsilon = value }, "eps"),
        RuleSetting.Number<DAdaptAdamW>("initial_estimate", rule => rule.InitialEstimate,
            (rule, value) => rule with { InitialEstimate = value }, "estim_lr0", "d0"),
    ];

    /// <summary>D-Adaptation with a learning rate of 1.</summary>
    public DAdaptAdamW() : base(learningRate: 1) { }

    /// <inheritdoc/>
    public override string Name => "dadapt_adamw";

    /// <summary>Share of the mean of the gradient that survives a step, in [0, 1); 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta1 { get; init => field = Require.DecayRate(value, nameof(Beta1)); } = 0.9;

    /// <summary>Share of the mean of the squared gradient that survives a step, in [0, 1); 0.999 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta2 { get; init => field = Require.DecayRate(value, nameof(Beta2)); } = 0.999;

    /// <summary>Keeps the divisor away from 0; finite and greater than 0, 1e-8 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite and positive.</exception>
    public double Epsilon { get; init => field = Require.Positive(value, nameof(Epsilon)); } = 1e-8;

    /// <summary>
    /// What d starts at; finite and greater than 0, 1e-6 by default. Too small costs a few steps, too large cannot be undone.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite and positive.</exception>
    public double InitialEstimate { get; init => field = Require.Positive(value, nameof(InitialEstimate)); } = 1e-6;

    internal override string KernelName => DAdaptAdamWKernel.Description.Name;

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override bool KernelDecaysWeights => true;

    internal override IReadOnlyList<KeyValuePair<string, double>> KeptNumbers => DistanceEstimate.KeptNumbers(InitialEstimate);

    internal override int MeasuredCount => 2;

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        scalars[0] = Beta1;
        scalars[2] = Beta2;
        scalars[3] = 1 - Beta2;
        scalars[4] = Math.Sqrt(Beta2);
        scalars[6] = Epsilon;
    }

    /// <summary>The gains are for the measurement, with the d of the step before; the decay is for the update, with the same d.</summary>
    internal override void WriteKeptScalars(long step, double learningRate, ReadOnlySpan<double> kept, Span<double> scalars)
    {
        double rate = AdamRate(kept[Distance], learningRate, step, Beta1, Beta2);
        scalars[1] = (1 - Beta1) * rate;
        scalars[5] = (1 - Math.Sqrt(Beta2)) * rate;
        scalars[7] = kept[Rate] * WeightDecay;
    }

    internal override void UseMeasured(long step, double learningRate, ReadOnlySpan<double> measured, Span<double> kept)
    {
        double beta3 = Math.Sqrt(Beta2);
        kept[Rate] = AdamRate(kept[Distance], learningRate, step, Beta1, Beta2);
        kept[Numerator] = beta3 * kept[Numerator] + (1 - beta3) * kept[Rate] * measured[0];
        Raise(kept, kept[Numerator] / ((1 - beta3) * measured[1]));
    }
}
