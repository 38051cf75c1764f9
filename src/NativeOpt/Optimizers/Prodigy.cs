using NativeOpt.Backends.Managed.Optimizers;
using NativeOpt.Optimizers;
using static NativeOpt.Optimizers.DistanceEstimate;

namespace NativeOpt;

/// <summary>
/// Prodigy (Mishchenko &amp; Defazio 2023, https://arxiv.org/abs/2306.06101, algorithm 4): Adam that finds its learning rate, the
/// distance d to the solution, by itself. LearningRate is a factor on d: leave it at 1, or let it follow a schedule that starts at 1.
/// </summary>
/// <remarks>
/// With <c>rate = d*lr*sqrt(1 - beta2^t)/(1 - beta1^t)</c> at step t and d as the step before left it:
/// <c>m = beta1*m + (1 - beta1)*d*g</c>; <c>v = beta2*v + (1 - beta2)*(d*g)^2</c>; <c>s = beta3*s + rate*d*g/d0</c> (with
/// SafeguardWarmup <c>d*d*g/d0</c>); <c>r = beta3*r + rate*d/d0 * sum(g*way)</c>; <c>d = max(d, coefficient*r/sum(|s|))</c>;
/// <c>u = rate*m/(sqrt(v) + d*eps) + rate*decay*w</c>; <c>way = way + u</c>; <c>w = w - u</c>. The sums run over all parameters; d0 is
/// InitialEstimate. The way is the first weights minus w, unless something else changes w. While sum(|s|) is 0, d stays. The same
/// under both conventions, weight decay included.
/// Slots: "m", "v", "sum" (s), "way"; numbers in the state: "d", "numerator" (r), "rate".
/// Defaults (optax'): LearningRate 1, Beta1 0.9, Beta2 0.999, Beta3 null (the root of Beta2), Epsilon 1e-8, InitialEstimate 1e-6,
/// Coefficient 1, SafeguardWarmup false.
/// </remarks>
public sealed record Prodigy : OptimizerRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Beta<Prodigy>(1, rule => rule.Beta1, (rule, value) => rule with { Beta1 = value }),
        RuleSetting.Beta<Prodigy>(2, rule => rule.Beta2, (rule, value) => rule with { Beta2 = value }),
        RuleSetting.OptionalNumber<Prodigy>("beta_3", rule => rule.Beta3, (rule, value) => rule with { Beta3 = value }, "b3"),
        RuleSetting.Number<Prodigy>("epsilon", rule => rule.Epsilon, (rule, value) => rule with { Epsilon = value }, "eps"),
        RuleSetting.Number<Prodigy>("initial_estimate", rule => rule.InitialEstimate,
            (rule, value) => rule with { InitialEstimate = value }, "estim_lr0", "d0"),
        RuleSetting.Number<Prodigy>("coefficient", rule => rule.Coefficient, (rule, value) => rule with { Coefficient = value },
            "estim_lr_coef", "d_coef"),
        RuleSetting.Flag<Prodigy>("safeguard_warmup", rule => rule.SafeguardWarmup,
            (rule, value) => rule with { SafeguardWarmup = value }),
    ];

    /// <summary>Prodigy with a learning rate of 1.</summary>
    public Prodigy() : base(learningRate: 1) { }

    /// <inheritdoc/>
    public override string Name => "prodigy";

    /// <summary>Share of the mean of the gradient that survives a step, in [0, 1); 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta1 { get; init => field = Require.DecayRate(value, nameof(Beta1)); } = 0.9;

    /// <summary>Share of the mean of the squared gradient that survives a step, in [0, 1); 0.999 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta2 { get; init => field = Require.DecayRate(value, nameof(Beta2)); } = 0.999;

    /// <summary>Share of the sums behind d that survives a step, in [0, 1); null (default): the root of Beta2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double? Beta3
    {
        get;
        init => field = value is { } number ? Require.DecayRate(number, nameof(Beta3)) : null;
    }

    /// <summary>Times d, keeps the divisor away from 0; finite and not negative, 1e-8 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Epsilon { get; init => field = Require.Epsilon(value, nameof(Epsilon)); } = 1e-8;

    /// <summary>
    /// What d starts at; finite and greater than 0, 1e-6 by default. Too small costs a few steps, too large cannot be undone.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite and positive.</exception>
    public double InitialEstimate { get; init => field = Require.Positive(value, nameof(InitialEstimate)); } = 1e-6;

    /// <summary>Factor on what d is measured as; finite and greater than 0, 1 by default. 0.5 to 2 is usual.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite and positive.</exception>
    public double Coefficient { get; init => field = Require.Positive(value, nameof(Coefficient)); } = 1;

    /// <summary>Keeps a learning rate that warms up out of s, where it would make d too large; false by default.</summary>
    public bool SafeguardWarmup { get; init; }

    internal override string KernelName => ProdigyKernel.Description.Name;

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override bool KernelDecaysWeights => true;

    internal override IReadOnlyList<KeyValuePair<string, double>> KeptNumbers => DistanceEstimate.KeptNumbers(InitialEstimate);

    internal override int MeasuredCount => 2;

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        scalars[0] = Beta1;
        scalars[1] = 1 - Beta1;
        scalars[2] = Beta2;
        scalars[3] = 1 - Beta2;
        scalars[4] = SumDecay;
    }

    /// <summary>Before the measurement d is that of the step before; before the update the new one, and the rate has the old.</summary>
    internal override void WriteKeptScalars(long step, double learningRate, ReadOnlySpan<double> kept, Span<double> scalars)
    {
        double d = kept[Distance];
        scalars[5] = d;
        scalars[6] = (SafeguardWarmup ? d : AdamRate(d, learningRate, step, Beta1, Beta2)) / InitialEstimate;
        scalars[7] = d * Epsilon;
        scalars[8] = kept[Rate];
        scalars[9] = kept[Rate] * WeightDecay;
    }

    internal override void UseMeasured(long step, double learningRate, ReadOnlySpan<double> measured, Span<double> kept)
    {
        double d = kept[Distance];
        kept[Rate] = AdamRate(d, learningRate, step, Beta1, Beta2);
        kept[Numerator] = SumDecay * kept[Numerator] + d / InitialEstimate * kept[Rate] * measured[0];
        Raise(kept, Coefficient * kept[Numerator] / measured[1]);
    }

    private double SumDecay => Beta3 ?? Math.Sqrt(Beta2);
}
