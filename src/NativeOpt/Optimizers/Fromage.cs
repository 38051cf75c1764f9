using NativeOpt.Backends.Managed.Optimizers;

namespace NativeOpt;

/// <summary>
/// Fromage, Frobenius matched gradient descent (Bernstein et al. 2020, https://arxiv.org/abs/2002.03432, algorithm 1): a step over each
/// parameter is as long as the learning rate times the norm of its weights, which then shrink a little so that they do not grow without
/// limit.
/// </summary>
/// <remarks>
/// With the norms of one parameter, each at least MinNorm: <c>w = (w - lr*|w|/|g| * g)/sqrt(1 + lr^2)</c>; the ratio is 1 if either norm
/// is 0. The same under both conventions but for the weight decay: decoupled (Keras), coupled (PyTorch). No slots.
/// Defaults: LearningRate 0.01, MinNorm 1e-6 (optax').
/// </remarks>
public sealed record Fromage : OptimizerRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Number<Fromage>("min_norm", rule => rule.MinNorm, (rule, value) => rule with { MinNorm = value }),
    ];

    /// <summary>Fromage with a learning rate of 0.01.</summary>
    public Fromage() : base(learningRate: 0.01) { }

    /// <inheritdoc/>
    public override string Name => "fromage";

    /// <summary>Norms below it count as it; finite and not negative, 1e-6 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double MinNorm { get; init => field = Require.NotNegative(value, nameof(MinNorm)); } = 1e-6;

    internal override string KernelName => FromageKernel.Description.Name;

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override bool NeedsRowPerParameter => true;

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        double shrink = 1 / Math.Sqrt(1 + learningRate * learningRate);
        scalars[0] = learningRate * shrink;
        scalars[1] = shrink;
        scalars[2] = MinNorm;
    }
}
