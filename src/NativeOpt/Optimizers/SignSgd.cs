using NativeOpt.Backends.Managed.Optimizers;

namespace NativeOpt;

/// <summary>
/// Sign SGD (Bernstein et al. 2018, https://arxiv.org/abs/1802.04434), and with a momentum Signum: only the sign of the gradient, or
/// of its running mean, counts.
/// </summary>
/// <remarks>
/// <c>u = g</c>, with a momentum <c>m = momentum*m + (1 - momentum)*g; u = m</c>; then <c>w = w - lr*sign(u)</c>, where
/// sign(0) is 0. The same under both conventions. Slots: with a momentum "m".
/// Defaults: LearningRate 0.001, Momentum 0 ("signum": 0.9).
/// </remarks>
public sealed record SignSgd : OptimizerRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Number<SignSgd>("momentum", rule => rule.Momentum, (rule, value) => rule with { Momentum = value }, "beta"),
    ];

    /// <summary>SignSgd with a learning rate of 0.001.</summary>
    public SignSgd() : base(learningRate: 0.001) { }

    /// <inheritdoc/>
    public override string Name => "sign_sgd";

    /// <summary>Share of the mean of the gradient that survives a step, in [0, 1); 0 by default: no mean is kept.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Momentum { get; init => field = Require.DecayRate(value, nameof(Momentum)); }

    internal override string KernelName => SignSgdKernel.Description.Name;

    internal override uint Variant => Momentum > 0 ? SignSgdKernel.Momentum : 0;

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        scalars[0] = Momentum;
        scalars[1] = 1 - Momentum;
        scalars[2] = learningRate;
    }
}
