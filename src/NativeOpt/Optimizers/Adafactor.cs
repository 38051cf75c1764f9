using NativeOpt.Backends.Managed.Optimizers.Matrix;

namespace NativeOpt;

/// <summary>
/// Adafactor (Shazeer &amp; Stern 2018, https://arxiv.org/abs/1804.04235): Adam's second moment of a matrix from one number for each row
/// and one for each column, with steps relative to the size of the weights.
/// </summary>
/// <remarks>
/// With <c>beta2 = 1 - t^Beta2Decay</c> at step t. Matrices: <c>r</c> and <c>c</c> are averages, of which beta2 survives a step, of the
/// means of g^2 along rows and columns, and <c>V = r*c/mean(r)</c>. Vectors: <c>V</c> is such an average of g^2 itself. Then
/// <c>u = g/sqrt(V)</c>; <c>u = u/max(1, rms(u)/ClipThreshold)</c>; <c>w = w - max(Epsilon2, rms(w)) * min(lr, 1/sqrt(t)) * u</c>, after
/// <c>w = (1 - lr*decay)*w</c>.
/// <para>Keras: <see cref="Epsilon1"/> is added to g^2, and rms(w) is taken after the decay. PyTorch: sqrt(V) and mean(r) are at least
/// Epsilon1, and rms(w) is taken before the decay. optax: as Keras, with <see cref="LimitsStep"/> false, MinDimSizeToFactor 128,
/// and <see cref="WeightDecayRate"/> in place of the weight decay.</para>
/// Slots: "r" [rows] and "c" [columns] of matrices, "v" of vectors, "m" with <see cref="Momentum"/>. Defaults (Keras'):
/// LearningRate 0.001, Beta2Decay -0.8, Epsilon1 null, Epsilon2 0.001, ClipThreshold 1, and what Keras does not have switched off.
/// </remarks>
public sealed record Adafactor : MatrixRule
{
    private const double KerasEpsilon1 = 1e-30;

    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Number<Adafactor>("beta_2_decay", rule => rule.Beta2Decay, (rule, value) => rule with { Beta2Decay = value }),
        RuleSetting.OptionalNumber<Adafactor>("epsilon_1", rule => rule.Epsilon1, (rule, value) => rule with { Epsilon1 = value },
            "eps", "eps[0]"),
        RuleSetting.Number<Adafactor>("epsilon_2", rule => rule.Epsilon2, (rule, value) => rule with { Epsilon2 = value }, "eps[1]"),
        RuleSetting.OptionalNumber<Adafactor>("clip_threshold", rule => rule.ClipThreshold,
            (rule, value) => rule with { ClipThreshold = value }, "d", "clipping_threshold"),
        RuleSetting.Flag<Adafactor>("relative_step", rule => rule.RelativeStep, (rule, value) => rule with { RelativeStep = value }),
        RuleSetting.Flag<Adafactor>("limits_step", rule => rule.LimitsStep, (rule, value) => rule with { LimitsStep = value }),
        RuleSetting.Flag<Adafactor>("multiply_by_parameter_scale", rule => rule.MultiplyByParameterScale,
            (rule, value) => rule with { MultiplyByParameterScale = value }),
        RuleSetting.Number<Adafactor>("momentum", rule => rule.Momentum, (rule, value) => rule with { Momentum = value }),
        RuleSetting.Number<Adafactor>("weight_decay_rate", rule => rule.WeightDecayRate,
            (rule, value) => rule with { WeightDecayRate = value }),
        RuleSetting.Flag<Adafactor>("factored", rule => rule.Factored, (rule, value) => rule with { Factored = value }),
        RuleSetting.Integer<Adafactor>("min_dim_size_to_factor", rule => rule.MinDimSizeToFactor,
            (rule, value) => rule with { MinDimSizeToFactor = value }),
        RuleSetting.Integer<Adafactor>("decay_offset", rule => rule.DecayOffset, (rule, value) => rule with { DecayOffset = value },
            "step_offset"),
    ];

    private static readonly RuleSetting[] ForeignSettingTable =
    [
        // optax writes 1 - t^-decay_rate.
        RuleSetting.Number<Adafactor>("decay_rate", rule => -rule.Beta2Decay, (rule, value) => rule with { Beta2Decay = -value }),
    ];

    /// <summary>Adafactor with a learning rate of 0.001.</summary>
    public Adafactor() : base(learningRate: 0.001) { }

    /// <inheritdoc/>
    public override string Name => "adafactor";

    /// <summary>Power of the step in the decay of the second moment; finite and at most 0, -0.8 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is positive, NaN or infinite.</exception>
    public double Beta2Decay { get; init => field = Require.NotPositive(value, nameof(Beta2Decay)); } = -0.8;

    /// <summary>
    /// Keeps divisors away from 0; finite and not negative. Null (default): 1e-30 under Keras' convention, and the machine epsilon of
    /// the parameters under PyTorch's.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double? Epsilon1 { get; init => field = value is { } number ? Require.NotNegative(number, nameof(Epsilon1)) : null; }

    /// <summary>Least size of the weights that a step is relative to; finite and not negative, 0.001 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Epsilon2 { get; init => field = Require.NotNegative(value, nameof(Epsilon2)); } = 1e-3;

    /// <summary>Largest root mean square of u; finite and positive, 1 by default. Null: no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite and positive.</exception>
    public double? ClipThreshold { get; init => field = Require.PositiveOrNull(value, nameof(ClipThreshold)); } = 1;

    /// <summary>
    /// Keras' setting of this name; true by default. It changes nothing, as in Keras, which limits the step either way:
    /// <see cref="LimitsStep"/> does what its name says.
    /// </summary>
    public bool RelativeStep { get; init; } = true;

    /// <summary>Whether the learning rate is at most 1/sqrt(t); true by default, false in optax.</summary>
    public bool LimitsStep { get; init; } = true;

    /// <summary>Whether a step is relative to the size of the weights; true by default.</summary>
    public bool MultiplyByParameterScale { get; init; } = true;

    /// <summary>Share of the mean step that survives a step, in [0, 1); 0 by default: none is kept.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Momentum { get; init => field = Require.DecayRate(value, nameof(Momentum)); }

    /// <summary>
    /// optax' weight decay, of which the learning rate is no factor: <c>w = (1 - WeightDecayRate)*w</c>; finite and not negative, 0 by
    /// default. Not together with <see cref="OptimizerRule.WeightDecay"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double WeightDecayRate { get; init => field = Require.NotNegative(value, nameof(WeightDecayRate)); }

    /// <summary>Whether the second moment of matrices is made of rows and columns; true by default.</summary>
    public bool Factored { get; init; } = true;

    /// <summary>
    /// Matrices with fewer rows or columns than this have a second moment for each element; at least 1, which is the default. 128 in
    /// optax.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int MinDimSizeToFactor { get; init => field = Require.AtLeast(value, 1, nameof(MinDimSizeToFactor)); } = 1;

    /// <summary>Steps that beta2 does not count, for going on with a trained model; not negative, 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int DecayOffset { get; init => field = Require.AtLeast(value, 0, nameof(DecayOffset)); }

    internal override string KernelName => AdafactorKernel.Description.Name;

    internal override string KernelOf(IReadOnlyList<int> shape) =>
        Factored && shape.Count == 2 && Math.Min(shape[0], shape[1]) >= MinDimSizeToFactor
            ? AdafactorKernel.Description.Name
            : AdafactorUnfactoredKernel.Description.Name;

    internal override uint Variant =>
        (Momentum > 0 ? AdafactorFinish.Momentum : 0)
        | (MultiplyByParameterScale ? 0 : AdafactorFinish.Absolute)
        | (Convention == Convention.Keras && WeightDecayRate == 0 ? AdafactorFinish.DecayedScale : 0);

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override IReadOnlyList<RuleSetting> ForeignSettings => ForeignSettingTable;

    internal override double DecayOf(double learningRate) => WeightDecayRate + base.DecayOf(learningRate);

    internal override void Validate()
    {
        if (WeightDecayRate != 0 && WeightDecay != 0)
            throw new ArgumentException(FormattableString.Invariant(
                $"WeightDecay is {WeightDecay} and WeightDecayRate is {WeightDecayRate}; one of them must be 0."), nameof(WeightDecayRate));
    }

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        double share = Math.Pow(Math.Max(1, step - DecayOffset), Beta2Decay);
        bool keras = Convention == Convention.Keras;
        scalars[AdafactorFinish.Beta2] = 1 - share;
        scalars[AdafactorFinish.OneMinusBeta2] = share;
        scalars[AdafactorFinish.Offset] = keras ? Epsilon1 ?? KerasEpsilon1 : 0;
        // -1 is the machine epsilon.
        scalars[AdafactorFinish.LeastDivisor] = keras ? 0 : Epsilon1 ?? -1;
        scalars[AdafactorFinish.InverseClip] = ClipThreshold is { } threshold ? 1 / threshold : 0;
        scalars[AdafactorFinish.LeastScale] = Epsilon2;
        scalars[AdafactorFinish.Rate] = LimitsStep ? Math.Min(learningRate, 1 / Math.Sqrt(step)) : learningRate;
        scalars[AdafactorFinish.Decay] = Momentum;
        scalars[AdafactorFinish.OneMinusDecay] = 1 - Momentum;
    }
}
