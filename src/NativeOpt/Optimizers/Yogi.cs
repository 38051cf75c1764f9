using NativeOpt.Backends.Managed.Optimizers;

namespace NativeOpt;

/// <summary>
/// Yogi (Zaheer et al. 2018, "Adaptive Methods for Nonconvex Optimization"): Adam whose v moves by bounded amounts.
/// </summary>
/// <remarks>
/// <c>m = beta1*m + (1 - beta1)*g</c>; <c>v = v - (1 - beta2)*sign(v - g^2)*g^2</c>; with <c>c1 = 1 - beta1^t</c> and
/// <c>c2 = 1 - beta2^t</c> at step t: <c>w = w - lr * (m/c1)/(sqrt(v/c2) + eps)</c>. The same under both conventions but for the
/// weight decay: decoupled (Keras), coupled (PyTorch). Slots: "m", "v", which start at InitialAccumulator.
/// Defaults (optax'): LearningRate 0.001, Beta1 0.9, Beta2 0.999, Epsilon 1e-3, InitialAccumulator 1e-6.
/// </remarks>
public sealed record Yogi : OptimizerRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Beta<Yogi>(1, rule => rule.Beta1, (rule, value) => rule with { Beta1 = value }),
        RuleSetting.Beta<Yogi>(2, rule => rule.Beta2, (rule, value) => rule with { Beta2 = value }),
        RuleSetting.Number<Yogi>("epsilon", rule => rule.Epsilon, (rule, value) => rule with { Epsilon = value }, "eps"),
        RuleSetting.Number<Yogi>("initial_accumulator", rule => rule.InitialAccumulator,
            (rule, value) => rule with { InitialAccumulator = value }, "initial_accumulator_value"),
    ];

    /// <summary>Yogi with a learning rate of 0.001.</summary>
    public Yogi() : base(learningRate: 0.001) { }

    /// <inheritdoc/>
    public override string Name => "yogi";

    /// <summary>Share of the mean of the gradient that survives a step, in [0, 1); 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta1 { get; init => field = Require.DecayRate(value, nameof(Beta1)); } = 0.9;

    /// <summary>1 minus the share of the squared gradient that v moves by, in [0, 1); 0.999 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta2 { get; init => field = Require.DecayRate(value, nameof(Beta2)); } = 0.999;

    /// <summary>Added to the root; finite and not negative, 1e-3 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Epsilon { get; init => field = Require.Epsilon(value, nameof(Epsilon)); } = 1e-3;

    /// <summary>What m and v start at; finite and not negative, 1e-6 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double InitialAccumulator { get; init => field = Require.NotNegative(value, nameof(InitialAccumulator)); } = 1e-6;

    internal override string KernelName => YogiKernel.Description.Name;

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override double InitialSlotValue(string slot) => InitialAccumulator;

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        double c1 = 1 - Math.Pow(Beta1, step);
        double rootOfC2 = Math.Sqrt(1 - Math.Pow(Beta2, step));
        scalars[0] = Beta1;
        scalars[1] = 1 - Beta1;
        scalars[2] = 1 - Beta2;
        scalars[3] = learningRate * rootOfC2 / c1;
        scalars[4] = Epsilon * rootOfC2;
    }
}
