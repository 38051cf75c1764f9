using NativeOpt.Backends.Managed.Optimizers;

namespace NativeOpt;

/// <summary>
/// ADOPT (Taniguchi et al. 2024, https://arxiv.org/abs/2411.02853): Adam that divides the gradient by the v of the step before, and
/// averages the quotients.
/// </summary>
/// <remarks>
/// Step 1 sets <c>v = g^2</c> and leaves the weights alone. Later <c>u = g/max(sqrt(v), eps)</c>, clipped to
/// <c>(t-1)^(1/4)</c> at step t; <c>m = beta1*m + (1 - beta1)*u</c>; <c>v = beta2*v + (1 - beta2)*g^2</c>;
/// <c>w = w - lr*m</c>, with Nesterov <c>w = w - lr*(beta1*m + (1 - beta1)*u)</c>. The same under both conventions but for the
/// weight decay: decoupled (Keras), coupled (PyTorch). Slots: "m", "v".
/// Defaults (the authors'): LearningRate 0.001, Beta1 0.9, Beta2 0.9999, Epsilon 1e-6, Clipping true, Nesterov false.
/// </remarks>
public sealed record Adopt : OptimizerRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Beta<Adopt>(1, rule => rule.Beta1, (rule, value) => rule with { Beta1 = value }),
        RuleSetting.Beta<Adopt>(2, rule => rule.Beta2, (rule, value) => rule with { Beta2 = value }),
        RuleSetting.Number<Adopt>("epsilon", rule => rule.Epsilon, (rule, value) => rule with { Epsilon = value }, "eps"),
        RuleSetting.Flag<Adopt>("clipping", rule => rule.Clipping, (rule, value) => rule with { Clipping = value },
            "use_clipping"),
        RuleSetting.Flag<Adopt>("nesterov", rule => rule.Nesterov, (rule, value) => rule with { Nesterov = value }),
    ];

    /// <summary>Adopt with a learning rate of 0.001.</summary>
    public Adopt() : base(learningRate: 0.001) { }

    /// <inheritdoc/>
    public override string Name => "adopt";

    /// <summary>Share of the mean of the quotients that survives a step, in [0, 1); 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta1 { get; init => field = Require.DecayRate(value, nameof(Beta1)); } = 0.9;

    /// <summary>Share of the mean of the squared gradient that survives a step, in [0, 1); 0.9999 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta2 { get; init => field = Require.DecayRate(value, nameof(Beta2)); } = 0.9999;

    /// <summary>Smallest divisor; finite and greater than 0, 1e-6 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or NaN or infinite.</exception>
    public double Epsilon { get; init => field = Require.Positive(value, nameof(Epsilon)); } = 1e-6;

    /// <summary>Limits each quotient to the fourth root of the number of steps before; true by default.</summary>
    public bool Clipping { get; init; } = true;

    /// <summary>Looks one step ahead with the mean of the quotients; false by default.</summary>
    public bool Nesterov { get; init; }

    internal override string KernelName => AdoptKernel.Description.Name;

    internal override uint Variant => (Clipping ? AdoptKernel.Clipped : 0) | (Nesterov ? AdoptKernel.Nesterov : 0);

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        bool first = step == 1;
        scalars[0] = first ? 1 : Beta1;
        scalars[1] = first ? 0 : 1 - Beta1;
        scalars[2] = first ? 0 : Beta2;
        scalars[3] = first ? 1 : 1 - Beta2;
        scalars[4] = Epsilon;
        scalars[5] = Math.Pow(step - 1, 0.25);
        scalars[6] = learningRate;
    }
}
