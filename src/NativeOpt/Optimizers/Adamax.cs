using NativeOpt.Backends.Managed.Optimizers;

namespace NativeOpt;

/// <summary>
/// Adamax (Kingma &amp; Ba 2015, https://arxiv.org/abs/1412.6980, algorithm 2): Adam that divides by the largest gradient.
/// </summary>
/// <remarks>
/// <c>m = beta1*m + (1 - beta1)*g</c>; with <c>c1 = 1 - beta1^t</c> at step t:
/// <para>Keras: <c>u = max(beta2*u, |g|)</c>; <c>w = w - lr/c1 * m/(u + eps)</c>.</para>
/// <para>PyTorch: <c>u = max(beta2*u, |g| + eps)</c>; <c>w = w - lr/c1 * m/u</c>.</para>
/// Slots: "m", "u". Defaults (Keras'): LearningRate 0.001, Beta1 0.9, Beta2 0.999, Epsilon 1e-7.
/// </remarks>
public sealed record Adamax : OptimizerRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Beta<Adamax>(1, rule => rule.Beta1, (rule, value) => rule with { Beta1 = value }),
        RuleSetting.Beta<Adamax>(2, rule => rule.Beta2, (rule, value) => rule with { Beta2 = value }),
        RuleSetting.Number<Adamax>("epsilon", rule => rule.Epsilon, (rule, value) => rule with { Epsilon = value }, "eps"),
    ];

    /// <summary>Adamax with a learning rate of 0.001.</summary>
    public Adamax() : base(learningRate: 0.001) { }

    /// <inheritdoc/>
    public override string Name => "adamax";

    /// <summary>Share of the mean of the gradient that survives a step, in [0, 1); 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta1 { get; init => field = Require.DecayRate(value, nameof(Beta1)); } = 0.9;

    /// <summary>Share of the largest gradient that survives a step, in [0, 1); 0.999 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta2 { get; init => field = Require.DecayRate(value, nameof(Beta2)); } = 0.999;

    /// <summary>Keeps the divisor away from 0; finite and not negative, 1e-7 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Epsilon { get; init => field = Require.Epsilon(value, nameof(Epsilon)); } = 1e-7;

    internal override string KernelName => AdamaxKernel.Description.Name;

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars) =>
        WriteScalars(step, learningRate, Beta1, Beta2, Epsilon, Convention, scalars);

    /// <summary>The scalars of the kernel, for all rules that use it.</summary>
    internal static void WriteScalars(long step, double learningRate, double beta1, double beta2, double epsilon,
        Convention convention, Span<double> scalars)
    {
        bool keras = convention == Convention.Keras;
        scalars[0] = beta1;
        scalars[1] = 1 - beta1;
        scalars[2] = beta2;
        scalars[3] = keras ? 0 : epsilon;
        scalars[4] = keras ? epsilon : 0;
        scalars[5] = learningRate / (1 - Math.Pow(beta1, step));
    }
}
