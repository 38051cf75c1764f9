using NativeOpt.Backends.Managed.Optimizers;

namespace NativeOpt;

/// <summary>
/// Lion (Chen et al. 2023, https://arxiv.org/abs/2302.06675, program 1): every weight moves by the learning rate, in the
/// direction of the sign of a momentum. It wants a learning rate 3 to 10 times smaller than Adam's.
/// </summary>
/// <remarks>
/// <c>w = w - lr*sign(beta1*m + (1 - beta1)*g)</c>, then <c>m = beta2*m + (1 - beta2)*g</c>; sign is 0 for 0. The same under
/// both conventions, and so is the decoupled weight decay. Slot: "m".
/// Defaults (Keras'): LearningRate 0.001, Beta1 0.9, Beta2 0.99.
/// </remarks>
public sealed record Lion : OptimizerRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Beta<Lion>(1, rule => rule.Beta1, (rule, value) => rule with { Beta1 = value }),
        RuleSetting.Beta<Lion>(2, rule => rule.Beta2, (rule, value) => rule with { Beta2 = value }),
    ];

    /// <summary>Lion with a learning rate of 0.001.</summary>
    public Lion() : base(learningRate: 0.001) { }

    /// <inheritdoc/>
    public override string Name => "lion";

    /// <summary>Share of m in the direction of a step, in [0, 1); 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta1 { get; init => field = Require.DecayRate(value, nameof(Beta1)); } = 0.9;

    /// <summary>Share of m that survives a step, in [0, 1); 0.99 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta2 { get; init => field = Require.DecayRate(value, nameof(Beta2)); } = 0.99;

    internal override string KernelName => LionKernel.Description.Name;

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override bool DecouplesWeightDecay => true;

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        scalars[0] = Beta1;
        scalars[1] = 1 - Beta1;
        scalars[2] = Beta2;
        scalars[3] = 1 - Beta2;
        scalars[4] = learningRate;
    }
}
