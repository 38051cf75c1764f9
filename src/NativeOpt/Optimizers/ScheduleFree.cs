namespace NativeOpt;

/// <summary>
/// Schedule-free learning (Defazio et al. 2024, https://arxiv.org/abs/2405.15682): averaging takes the place of a decaying learning
/// rate.
/// </summary>
/// <remarks>
/// Three sequences, all starting at the first weights: z takes the steps of the underlying rule, x is their running average, and
/// gradients belong at <c>y = (1 - beta1)*z + beta1*x</c>. The weights that are trained, in a model or in the caller's arrays, are y;
/// z is a slot, and the x to evaluate with comes from <see cref="Optimizer.GetEvaluationWeights(string)"/>. In the average, a step
/// weighs (largest learning rate so far)^<see cref="WeightPower"/>. Weight decay is taken at y: <c>u = u + WeightDecay*y</c>, then
/// <c>z = z - lr*u</c>; Keras' AdamW shrinks y instead. The state keeps the numbers "weight_sum" and "largest_learning_rate".
/// </remarks>
public abstract record ScheduleFree : OptimizerRule
{
    private const int WeightSum = 0, LargestRate = 1;

    /// <summary>What the rules of this kind have in common.</summary>
    private protected ScheduleFree(double learningRate) : base(learningRate) { }

    /// <summary>Share of the average in the point where gradients are taken, in (0, 1); 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside (0, 1).</exception>
    public double Beta1
    {
        get;
        init => field = Require.DecayRate(Require.Positive(value, nameof(Beta1)), nameof(Beta1));
    } = 0.9;

    /// <summary>
    /// How much a larger learning rate weighs in the average; finite and not negative. Null (default): 2, and 0 (a plain mean) for AdamW
    /// under Convention.Keras.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double? WeightPower
    {
        get;
        init => field = value is { } number ? Require.NotNegative(number, nameof(WeightPower)) : null;
    }

    /// <summary>Steps over which the learning rate grows to its full value on a straight line; not negative, 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double WarmupSteps { get; init => field = Require.NotNegative(value, nameof(WarmupSteps)); }

    /// <summary>Settings of both rules.</summary>
    private protected static IReadOnlyList<RuleSetting> AveragingSettings { get; } =
    [
        RuleSetting.Beta<ScheduleFree>(1, rule => rule.Beta1, (rule, value) => rule with { Beta1 = value }),
        RuleSetting.OptionalNumber<ScheduleFree>("weight_power", rule => rule.WeightPower,
            (rule, value) => rule with { WeightPower = value }, "weight_lr_power"),
        RuleSetting.Number<ScheduleFree>("warmup_steps", rule => rule.WarmupSteps, (rule, value) => rule with { WarmupSteps = value }),
    ];

    internal override bool KernelDecaysWeights => true;

    internal override IReadOnlyList<KeyValuePair<string, double>> KeptNumbers => [new("weight_sum", 0), new("largest_learning_rate", 0)];

    internal override bool SlotStartsAsWeights(string slot) => slot == "z";

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        scalars[0] = Beta1;
        scalars[1] = WarmRate(step, learningRate);
        scalars[2] = KernelDecaysWeights ? scalars[1] * WeightDecay : 0;
    }

    internal override void WriteKeptScalars(long step, double learningRate, ReadOnlySpan<double> kept, Span<double> scalars)
    {
        double weight = Weight(WarmRate(step, learningRate), kept);
        // As long as the learning rate is 0 nothing has a weight, and the average stays where it is.
        scalars[3] = weight == 0 ? 1 : 1 - weight / (kept[WeightSum] + weight);
    }

    internal override void AdvanceKeptNumbers(long step, double learningRate, Span<double> kept)
    {
        double rate = WarmRate(step, learningRate);
        kept[WeightSum] += Weight(rate, kept);
        kept[LargestRate] = Math.Max(kept[LargestRate], rate);
    }

    /// <summary>The power of the learning rate that a step weighs in the average.</summary>
    private protected virtual double PowerOfWeights => WeightPower ?? 2;

    /// <summary>The learning rate while it warms up.</summary>
    private double WarmRate(long step, double learningRate) =>
        step < WarmupSteps ? learningRate * (step / WarmupSteps) : learningRate;

    private double Weight(double learningRate, ReadOnlySpan<double> kept) =>
        Math.Pow(Math.Max(kept[LargestRate], learningRate), PowerOfWeights);
}
