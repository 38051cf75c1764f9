using NativeOpt.Backends.Managed.Optimizers;

namespace NativeOpt;

/// <summary>
/// MADGRAD (Defazio and Jelassi 2021, https://arxiv.org/abs/2101.11075): momentumized, adaptive dual averaging.
/// </summary>
/// <remarks>
/// With x0 the weights before the first step and <c>gain = (lr + eps)*sqrt(t)</c> at step t: <c>v = v + gain*g^2</c>;
/// <c>sum = sum + gain*g</c>; <c>z = x0 - sum/(cbrt(v) + eps)</c>; <c>w = momentum*w + (1 - momentum)*z</c>. The same under both
/// conventions, and so is the coupled weight decay. Slots: "v", "sum", "x0".
/// Defaults (the authors'): LearningRate 0.01, Momentum 0.9, Epsilon 1e-6.
/// </remarks>
public sealed record Madgrad : OptimizerRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Number<Madgrad>("momentum", rule => rule.Momentum, (rule, value) => rule with { Momentum = value }),
        RuleSetting.Number<Madgrad>("epsilon", rule => rule.Epsilon, (rule, value) => rule with { Epsilon = value }, "eps"),
    ];

    /// <summary>MADGRAD with a learning rate of 0.01.</summary>
    public Madgrad() : base(learningRate: 0.01) { }

    /// <inheritdoc/>
    public override string Name => "madgrad";

    /// <summary>Share of the weights that survives a step, in [0, 1); 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Momentum { get; init => field = Require.DecayRate(value, nameof(Momentum)); } = 0.9;

    /// <summary>Added to the learning rate and to the cube root; finite and greater than 0, 1e-6 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or NaN or infinite.</exception>
    public double Epsilon { get; init => field = Require.Positive(value, nameof(Epsilon)); } = 1e-6;

    internal override string KernelName => MadgradKernel.Description.Name;

    internal override bool DecouplesWeightDecay => false;

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override bool SlotStartsAsWeights(string slot) => slot == "x0";

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        scalars[0] = (learningRate + Epsilon) * Math.Sqrt(step);
        scalars[1] = Epsilon;
        scalars[2] = 1 - Momentum;
    }
}
