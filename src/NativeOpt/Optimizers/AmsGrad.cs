using NativeOpt.Backends.Managed.Optimizers;

namespace NativeOpt;

/// <summary>
/// AMSGrad (Reddi et al. 2018, https://arxiv.org/abs/1904.09237) with the bias correction before the maximum. Keras and PyTorch take
/// the maximum of the plain v: that is <see cref="Adam"/> with <see cref="Adam.AmsGrad"/>.
/// </summary>
/// <remarks>
/// With <c>m = beta1*m + (1 - beta1)*g</c>, <c>v = beta2*v + (1 - beta2)*g^2</c>, <c>c1 = 1 - beta1^t</c>, <c>c2 = 1 - beta2^t</c> at
/// step t: <c>vhat = max(vhat, v/c2)</c>; <c>w = w - lr * (m/c1)/(sqrt(vhat + epsroot) + eps)</c>. The same under both conventions but
/// for the weight decay: decoupled (Keras), coupled (PyTorch). Slots: "m", "v", "vhat".
/// Defaults (optax'): LearningRate 0.001, Beta1 0.9, Beta2 0.999, Epsilon 1e-8, EpsilonRoot 0, CorrectMean true, CorrectSquares true.
/// </remarks>
public sealed record AmsGrad : OptimizerRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Beta<AmsGrad>(1, rule => rule.Beta1, (rule, value) => rule with { Beta1 = value }),
        RuleSetting.Beta<AmsGrad>(2, rule => rule.Beta2, (rule, value) => rule with { Beta2 = value }),
        RuleSetting.Number<AmsGrad>("epsilon", rule => rule.Epsilon, (rule, value) => rule with { Epsilon = value }, "eps"),
        RuleSetting.Number<AmsGrad>("epsilon_root", rule => rule.EpsilonRoot,
            (rule, value) => rule with { EpsilonRoot = value }, "eps_root"),
        RuleSetting.Flag<AmsGrad>("correct_mean", rule => rule.CorrectMean, (rule, value) => rule with { CorrectMean = value },
            "bias_correction_mu"),
        RuleSetting.Flag<AmsGrad>("correct_squares", rule => rule.CorrectSquares, (rule, value) => rule with { CorrectSquares = value },
            "bias_correction_nu"),
    ];

    /// <summary>AMSGrad with a learning rate of 0.001.</summary>
    public AmsGrad() : base(learningRate: 0.001) { }

    /// <inheritdoc/>
    public override string Name => "amsgrad";

    /// <summary>Share of the mean of the gradient that survives a step, in [0, 1); 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta1 { get; init => field = Require.DecayRate(value, nameof(Beta1)); } = 0.9;

    /// <summary>Share of the mean of the squared gradient that survives a step, in [0, 1); 0.999 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta2 { get; init => field = Require.DecayRate(value, nameof(Beta2)); } = 0.999;

    /// <summary>Added to the root; finite and not negative, 1e-8 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Epsilon { get; init => field = Require.Epsilon(value, nameof(Epsilon)); } = 1e-8;

    /// <summary>Added under the root; finite and not negative, 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double EpsilonRoot { get; init => field = Require.NotNegative(value, nameof(EpsilonRoot)); }

    /// <summary>Whether m is divided by c1; true by default. The paper does not.</summary>
    public bool CorrectMean { get; init; } = true;

    /// <summary>Whether v is divided by c2 before the maximum; true by default. The paper does not.</summary>
    public bool CorrectSquares { get; init; } = true;

    internal override string KernelName => AmsGradKernel.Description.Name;

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        scalars[0] = Beta1;
        scalars[1] = 1 - Beta1;
        scalars[2] = Beta2;
        scalars[3] = 1 - Beta2;
        scalars[4] = CorrectSquares ? 1 / (1 - Math.Pow(Beta2, step)) : 1;
        scalars[5] = CorrectMean ? learningRate / (1 - Math.Pow(Beta1, step)) : learningRate;
        scalars[6] = EpsilonRoot;
        scalars[7] = Epsilon;
    }
}
