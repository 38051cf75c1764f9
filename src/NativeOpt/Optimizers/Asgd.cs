using NativeOpt.Backends.Managed.Optimizers;

namespace NativeOpt;

/// <summary>
/// ASGD, averaged gradient descent (Polyak &amp; Juditsky 1992, "Acceleration of stochastic approximation by averaging"). The mean
/// of the weights is kept beside them: slot "ax" of <see cref="Optimizer.State"/>.
/// </summary>
/// <remarks>
/// At step t <c>w = (1 - lambda*eta)*w - eta*g</c>, then <c>ax = ax + mu*(w - ax)</c> with <c>mu = 1/max(1, t - 1 - t0)</c>, a
/// copy of w until averaging begins. eta is the learning rate at step 1; after step t it becomes
/// <c>lr/(1 + lambda*lr*t)^alpha</c>, so that a change of the learning rate acts one step later, as in PyTorch. The same under
/// both conventions. Slot: "ax"; number in the state: "eta".
/// Defaults (PyTorch's): LearningRate 0.01, Lambda 0.0001, Alpha 0.75, T0 1000000.
/// </remarks>
public sealed record Asgd : OptimizerRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Number<Asgd>("lambda", rule => rule.Lambda, (rule, value) => rule with { Lambda = value }, "lambd"),
        RuleSetting.Number<Asgd>("alpha", rule => rule.Alpha, (rule, value) => rule with { Alpha = value }),
        RuleSetting.Number<Asgd>("t0", rule => rule.T0, (rule, value) => rule with { T0 = value }),
    ];

    /// <summary>ASGD with a learning rate of 0.01.</summary>
    public Asgd() : base(learningRate: 0.01) { }

    /// <inheritdoc/>
    public override string Name => "asgd";

    /// <summary>How fast weights and learning rate decay; finite and not negative, 0.0001 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Lambda { get; init => field = Require.NotNegative(value, nameof(Lambda)); } = 1e-4;

    /// <summary>Power of the decay of the learning rate; finite and not negative, 0.75 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Alpha { get; init => field = Require.NotNegative(value, nameof(Alpha)); } = 0.75;

    /// <summary>Number of steps before averaging begins; finite and not negative, 1000000 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double T0 { get; init => field = Require.NotNegative(value, nameof(T0)); } = 1e6;

    internal override string KernelName => AsgdKernel.Description.Name;

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override IReadOnlyList<KeyValuePair<string, double>> KeptNumbers => [new("eta", LearningRate.InitialValue)];

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars) =>
        scalars[2] = 1 / Math.Max(1, step - 1 - T0);

    internal override void WriteKeptScalars(long step, double learningRate, ReadOnlySpan<double> kept, Span<double> scalars)
    {
        double eta = step == 1 ? learningRate : kept[0];
        scalars[0] = 1 - Lambda * eta;
        scalars[1] = eta;
    }

    internal override void AdvanceKeptNumbers(long step, double learningRate, Span<double> kept) =>
        kept[0] = learningRate / Math.Pow(1 + Lambda * learningRate * step, Alpha);
}
