using NativeOpt.Backends.Managed.Optimizers;

namespace NativeOpt;

/// <summary>
/// Nadam, Adam with Nesterov's momentum (Dozat 2016, "Incorporating Nesterov momentum into Adam", algorithm 8).
/// </summary>
/// <remarks>
/// <c>mu(t) = beta1*(1 - 0.5*0.96^(t*psi))</c> with the momentum decay psi, and P the product of mu(1) ... mu(t);
/// <c>m = beta1*m + (1 - beta1)*g</c>; <c>v = beta2*v + (1 - beta2)*g^2</c>; <c>d = sqrt(v/(1 - beta2^t)) + eps</c>;
/// <c>w = w - lr*(1 - mu(t))/(1 - P) * g/d - lr*mu(t+1)/(1 - P*mu(t+1)) * m/d</c>. Under both conventions; Keras has psi 1,
/// PyTorch 0.004. Slots: "m", "v"; number in the state: "mu_product", which is P.
/// Defaults (Keras'): LearningRate 0.001, Beta1 0.9, Beta2 0.999, Epsilon 1e-7, MomentumDecay 1.
/// </remarks>
public sealed record Nadam : OptimizerRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Beta<Nadam>(1, rule => rule.Beta1, (rule, value) => rule with { Beta1 = value }),
        RuleSetting.Beta<Nadam>(2, rule => rule.Beta2, (rule, value) => rule with { Beta2 = value }),
        RuleSetting.Number<Nadam>("epsilon", rule => rule.Epsilon, (rule, value) => rule with { Epsilon = value }, "eps"),
        RuleSetting.Number<Nadam>("momentum_decay", rule => rule.MomentumDecay,
            (rule, value) => rule with { MomentumDecay = value }),
        RuleSetting.Flag<Nadam>("decoupled_weight_decay", rule => rule.DecoupledWeightDecay,
            (rule, value) => rule with { DecoupledWeightDecay = value }),
    ];

    private static readonly KeyValuePair<string, double>[] KeptTable = [new("mu_product", 1)];

    /// <summary>Nadam with a learning rate of 0.001.</summary>
    public Nadam() : base(learningRate: 0.001) { }

    /// <inheritdoc/>
    public override string Name => "nadam";

    /// <summary>Share of the mean of the gradient that survives a step, in [0, 1); 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta1 { get; init => field = Require.DecayRate(value, nameof(Beta1)); } = 0.9;

    /// <summary>Share of the mean of the squared gradient that survives a step, in [0, 1); 0.999 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta2 { get; init => field = Require.DecayRate(value, nameof(Beta2)); } = 0.999;

    /// <summary>Keeps the divisor away from 0; finite and not negative, 1e-7 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Epsilon { get; init => field = Require.Epsilon(value, nameof(Epsilon)); } = 1e-7;

    /// <summary>How fast the momentum grows to Beta1, psi; finite and not negative, 1 by default (PyTorch: 0.004).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double MomentumDecay { get; init => field = Require.NotNegative(value, nameof(MomentumDecay)); } = 1;

    /// <summary>PyTorch only: the weights shrink instead of the gradient growing; false by default. Keras always does that.</summary>
    public bool DecoupledWeightDecay { get; init; }

    internal override string KernelName => NadamKernel.Description.Name;

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override bool DecouplesWeightDecay => DecoupledWeightDecay || base.DecouplesWeightDecay;

    internal override IReadOnlyList<KeyValuePair<string, double>> KeptNumbers => KeptTable;

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        scalars[0] = Beta1;
        scalars[1] = 1 - Beta1;
        scalars[2] = Beta2;
        scalars[3] = 1 - Beta2;
        // Numerator and denominator are multiplied by sqrt(c2), as in Adam.
        scalars[6] = 0;
        scalars[7] = Epsilon * RootOfC2(step);
    }

    internal override void WriteKeptScalars(long step, double learningRate, ReadOnlySpan<double> kept, Span<double> scalars)
    {
        double mu = Momentum(step), next = Momentum(step + 1);
        double product = kept[0] * mu;
        scalars[4] = learningRate * RootOfC2(step) * (1 - mu) / (1 - product);
        scalars[5] = learningRate * RootOfC2(step) * next / (1 - product * next);
    }

    internal override void AdvanceKeptNumbers(long step, double learningRate, Span<double> kept) => kept[0] *= Momentum(step);

    private double Momentum(long step) => Beta1 * (1 - 0.5 * Math.Pow(0.96, step * MomentumDecay));

    private double RootOfC2(long step) => Math.Sqrt(1 - Math.Pow(Beta2, step));
}
