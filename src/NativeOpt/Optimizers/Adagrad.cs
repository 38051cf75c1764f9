using NativeOpt.Backends.Managed.Optimizers;

namespace NativeOpt;

/// <summary>
/// Adagrad (Duchi, Hazan &amp; Singer 2011, JMLR 12): divides the gradient by the root of the sum of all its squares.
/// </summary>
/// <remarks>
/// <c>v = v + g^2</c>, which starts at InitialAccumulatorValue.
/// <para>Keras: <c>w = w - lr*g/sqrt(v + eps)</c>.</para>
/// <para>PyTorch: <c>w = w - lr/(1 + (t - 1)*decay) * g/(sqrt(v) + eps)</c> at step t, where decay is LearningRateDecay.</para>
/// Slot: "v". Defaults (Keras'): LearningRate 0.001, InitialAccumulatorValue 0.1, Epsilon 1e-7, LearningRateDecay 0.
/// </remarks>
public sealed record Adagrad : OptimizerRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Number<Adagrad>("initial_accumulator_value", rule => rule.InitialAccumulatorValue,
            (rule, value) => rule with { InitialAccumulatorValue = value }),
        RuleSetting.Number<Adagrad>("epsilon", rule => rule.Epsilon, (rule, value) => rule with { Epsilon = value }, "eps"),
        RuleSetting.Number<Adagrad>("lr_decay", rule => rule.LearningRateDecay,
            (rule, value) => rule with { LearningRateDecay = value }, "learning_rate_decay"),
    ];

    /// <summary>Adagrad with a learning rate of 0.001.</summary>
    public Adagrad() : base(learningRate: 0.001) { }

    /// <inheritdoc/>
    public override string Name => "adagrad";

    /// <summary>What v starts at; finite and not negative, 0.1 by default (PyTorch: 0).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double InitialAccumulatorValue { get; init => field = Require.NotNegative(value, nameof(InitialAccumulatorValue)); } = 0.1;

    /// <summary>Keeps the divisor away from 0; finite and not negative, 1e-7 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Epsilon { get; init => field = Require.Epsilon(value, nameof(Epsilon)); } = 1e-7;

    /// <summary>PyTorch only: how fast the learning rate fades; finite and not negative, 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double LearningRateDecay { get; init => field = Require.NotNegative(value, nameof(LearningRateDecay)); }

    internal override string KernelName => AdagradKernel.Description.Name;

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override double InitialSlotValue(string slot) => InitialAccumulatorValue;

    internal override void Validate()
    {
        if (LearningRateDecay != 0 && Convention == Convention.Keras)
            throw new ArgumentException(FormattableString.Invariant(
                $"LearningRateDecay is {LearningRateDecay}; it must be 0 under Convention.Keras, because Keras has no such decay."),
                nameof(LearningRateDecay));
    }

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        bool keras = Convention == Convention.Keras;
        scalars[0] = keras ? Epsilon : 0;
        scalars[1] = keras ? 0 : Epsilon;
        scalars[2] = learningRate / (1 + (step - 1) * LearningRateDecay);
    }
}
