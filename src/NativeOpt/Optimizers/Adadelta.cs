using NativeOpt.Backends.Managed.Optimizers;

namespace NativeOpt;

/// <summary>
/// Adadelta (Zeiler 2012, https://arxiv.org/abs/1212.5701, algorithm 1): Adagrad with a window, and steps in the unit of the
/// weights.
/// </summary>
/// <remarks>
/// <c>v = rho*v + (1 - rho)*g^2</c>; <c>d = sqrt(x + eps)/sqrt(v + eps)*g</c>; <c>x = rho*x + (1 - rho)*d^2</c>;
/// <c>w = w - lr*d</c>. The same under both conventions. Slots: "v", "x".
/// Defaults (Keras'): LearningRate 0.001, Rho 0.95, Epsilon 1e-7. The paper and PyTorch have a learning rate of 1.
/// </remarks>
public sealed record Adadelta : OptimizerRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Number<Adadelta>("rho", rule => rule.Rho, (rule, value) => rule with { Rho = value }),
        RuleSetting.Number<Adadelta>("epsilon", rule => rule.Epsilon, (rule, value) => rule with { Epsilon = value }, "eps"),
    ];

    /// <summary>Adadelta with a learning rate of 0.001.</summary>
    public Adadelta() : base(learningRate: 0.001) { }

    /// <inheritdoc/>
    public override string Name => "adadelta";

    /// <summary>Share of the averages that survives a step, in [0, 1); 0.95 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Rho { get; init => field = Require.DecayRate(value, nameof(Rho)); } = 0.95;

    /// <summary>Lets the first step happen and keeps the divisor away from 0; finite and not negative, 1e-7 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Epsilon { get; init => field = Require.Epsilon(value, nameof(Epsilon)); } = 1e-7;

    internal override string KernelName => AdadeltaKernel.Description.Name;

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        scalars[0] = Rho;
        scalars[1] = 1 - Rho;
        scalars[2] = Epsilon;
        scalars[3] = learningRate;
    }
}
