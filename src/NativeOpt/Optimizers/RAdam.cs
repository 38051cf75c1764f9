using NativeOpt.Backends.Managed.Optimizers;

namespace NativeOpt;

/// <summary>
/// RAdam, rectified Adam (Liu et al. 2020, https://arxiv.org/abs/1908.03265, algorithm 2): momentum alone until v has seen
/// enough gradients, then Adam with a rate that grows to its full size.
/// </summary>
/// <remarks>
/// <c>m = beta1*m + (1 - beta1)*g</c>; <c>v = beta2*v + (1 - beta2)*g^2</c>; with <c>c1 = 1 - beta1^t</c>,
/// <c>c2 = 1 - beta2^t</c>, <c>r0 = 2/(1 - beta2) - 1</c> and <c>r = r0 - 2*t*beta2^t/c2</c> at step t:
/// <para>where r &gt; 5: <c>w = w - lr*sqrt(c2)/c1 * sqrt((r-4)(r-2)r0/((r0-4)(r0-2)r)) * m/(sqrt(v) + eps)</c>;</para>
/// <para>otherwise: <c>w = w - lr/c1 * m</c>. The same under both conventions.</para>
/// Slots: "m", "v". Defaults (PyTorch's): LearningRate 0.001, Beta1 0.9, Beta2 0.999, Epsilon 1e-8.
/// </remarks>
public sealed record RAdam : OptimizerRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Beta<RAdam>(1, rule => rule.Beta1, (rule, value) => rule with { Beta1 = value }),
        RuleSetting.Beta<RAdam>(2, rule => rule.Beta2, (rule, value) => rule with { Beta2 = value }),
        RuleSetting.Number<RAdam>("epsilon", rule => rule.Epsilon, (rule, value) => rule with { Epsilon = value }, "eps"),
        RuleSetting.Flag<RAdam>("decoupled_weight_decay", rule => rule.DecoupledWeightDecay,
            (rule, value) => rule with { DecoupledWeightDecay = value }),
    ];

    /// <summary>RAdam with a learning rate of 0.001.</summary>
    public RAdam() : base(learningRate: 0.001) { }

    /// <inheritdoc/>
    public override string Name => "radam";

    /// <summary>Share of the mean of the gradient that survives a step, in [0, 1); 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta1 { get; init => field = Require.DecayRate(value, nameof(Beta1)); } = 0.9;

    /// <summary>Share of the mean of the squared gradient that survives a step, in [0, 1); 0.999 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta2 { get; init => field = Require.DecayRate(value, nameof(Beta2)); } = 0.999;

    /// <summary>Keeps the divisor away from 0; finite and not negative, 1e-8 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Epsilon { get; init => field = Require.Epsilon(value, nameof(Epsilon)); } = 1e-8;

    /// <summary>PyTorch only: the weights shrink instead of the gradient growing; false by default. Keras always does that.</summary>
    public bool DecoupledWeightDecay { get; init; }

    internal override string KernelName => RAdamKernel.Description.Name;

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override bool DecouplesWeightDecay => DecoupledWeightDecay || base.DecouplesWeightDecay;

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        double power = Math.Pow(Beta2, step);
        double limit = 2 / (1 - Beta2) - 1;
        double length = limit - 2 * step * power / (1 - power);
        bool rectified = length > 5;
        double stepSize = learningRate / (1 - Math.Pow(Beta1, step));
        if (rectified)
            stepSize *= Math.Sqrt(1 - power)
                * Math.Sqrt((length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length));
        scalars[0] = Beta1;
        scalars[1] = 1 - Beta1;
        scalars[2] = Beta2;
        scalars[3] = 1 - Beta2;
        scalars[4] = Epsilon;
        scalars[5] = rectified ? 1 : 0;
        scalars[6] = stepSize;
    }
}
