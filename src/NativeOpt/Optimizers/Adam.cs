using NativeOpt.Backends.Managed.Optimizers;

namespace NativeOpt;

/// <summary>
/// Adam, adaptive moment estimation (Kingma &amp; Ba 2015, https://arxiv.org/abs/1412.6980), and AMSGrad (Reddi et al. 2018).
/// </summary>
/// <remarks>
/// <c>m = beta1*m + (1 - beta1)*g</c>; <c>v = beta2*v + (1 - beta2)*g^2</c>; AMSGrad: <c>vhat = max(vhat, v)</c> takes the
/// place of v below. With <c>c1 = 1 - beta1^t</c> and <c>c2 = 1 - beta2^t</c> at step t:
/// <para>Keras ("epsilon hat"): <c>w = w - lr*sqrt(c2)/c1 * m/(sqrt(v) + eps)</c>.</para>
/// <para>PyTorch, as in algorithm 1: <c>w = w - lr * (m/c1)/(sqrt(v/c2) + eps)</c>.</para>
/// optax' form is PyTorch's with an EpsilonRoot: <c>sqrt(v/c2 + epsroot) + eps</c>. Slots: "m", "v", with AMSGrad "vhat".
/// Defaults (Keras'): LearningRate 0.001, Beta1 0.9, Beta2 0.999, Epsilon 1e-7, AmsGrad false, EpsilonRoot 0, Nesterov false.
/// </remarks>
public sealed record Adam : OptimizerRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Beta<Adam>(1, rule => rule.Beta1, (rule, value) => rule with { Beta1 = value }),
        RuleSetting.Beta<Adam>(2, rule => rule.Beta2, (rule, value) => rule with { Beta2 = value }),
        RuleSetting.Number<Adam>("epsilon", rule => rule.Epsilon, (rule, value) => rule with { Epsilon = value }, "eps"),
        RuleSetting.Flag<Adam>("amsgrad", rule => rule.AmsGrad, (rule, value) => rule with { AmsGrad = value }),
        RuleSetting.Number<Adam>("epsilon_root", rule => rule.EpsilonRoot, (rule, value) => rule with { EpsilonRoot = value },
            "eps_root"),
        RuleSetting.Flag<Adam>("nesterov", rule => rule.Nesterov, (rule, value) => rule with { Nesterov = value }),
    ];

    /// <summary>Adam with a learning rate of 0.001.</summary>
    public Adam() : base(learningRate: 0.001) { }

    /// <inheritdoc/>
    public override string Name => "adam";

    /// <summary>Share of the mean of the gradient that survives a step, in [0, 1); 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta1 { get; init => field = Require.DecayRate(value, nameof(Beta1)); } = 0.9;

    /// <summary>Share of the mean of the squared gradient that survives a step, in [0, 1); 0.999 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta2 { get; init => field = Require.DecayRate(value, nameof(Beta2)); } = 0.999;

    /// <summary>Keeps the divisor away from 0; finite and not negative, 1e-7 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Epsilon { get; init => field = Require.Epsilon(value, nameof(Epsilon)); } = 1e-7;

    /// <summary>Divides by the largest v so far instead of the current one; false by default.</summary>
    public bool AmsGrad { get; init; }

    /// <summary>Added under the root, as in optax; finite and not negative, 0 by default. Not together with AmsGrad.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double EpsilonRoot { get; init => field = Require.NotNegative(value, nameof(EpsilonRoot)); }

    /// <summary>
    /// Looks one step ahead with the mean of the gradient, as in optax (<see cref="NAdamW"/> has the formula); false by default. Not
    /// together with AmsGrad.
    /// </summary>
    public bool Nesterov { get; init; }

    internal override string KernelName => LooksAhead ? NadamKernel.Description.Name : AdamKernel.Description.Name;

    /// <summary>The kernel of Nadam can do all but AMSGrad, with one addition and one product more.</summary>
    private bool LooksAhead => Nesterov || EpsilonRoot != 0;

    internal override uint Variant => AmsGrad ? AdamKernel.AmsGrad : 0;

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override void Validate() => RefuseContradiction(AmsGrad, Nesterov, EpsilonRoot);

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        if (LooksAhead)
            NAdamW.WriteScalars(step, learningRate, Beta1, Beta2, Epsilon, EpsilonRoot, Nesterov, Convention, scalars);
        else
            WriteScalars(step, learningRate, Beta1, Beta2, Epsilon, Convention, scalars);
    }

    /// <summary>AMSGrad with these settings is a rule of its own, because optax corrects the bias before it takes the maximum.</summary>
    internal static void RefuseContradiction(bool amsGrad, bool nesterov, double epsilonRoot)
    {
        if (amsGrad && nesterov)
            throw new ArgumentException("AmsGrad and Nesterov are both true; only one of them can be.", nameof(amsGrad));
        if (amsGrad && epsilonRoot != 0)
            throw new ArgumentException(FormattableString.Invariant(
                $"AmsGrad is true and EpsilonRoot is {epsilonRoot}; the rule AmsGrad (\"amsgrad\") has both."), nameof(amsGrad));
    }

    /// <summary>The scalars of the kernel, for all rules that use it.</summary>
    internal static void WriteScalars(long step, double learningRate, double beta1, double beta2, double epsilon,
        Convention convention, Span<double> scalars)
    {
        double c1 = 1 - Math.Pow(beta1, step);
        double rootOfC2 = Math.Sqrt(1 - Math.Pow(beta2, step));
        scalars[0] = beta1;
        scalars[1] = 1 - beta1;
        scalars[2] = beta2;
        scalars[3] = 1 - beta2;
        scalars[4] = learningRate * rootOfC2 / c1;
        // Algorithm 1 divides by sqrt(v/c2) + eps; multiplied through by sqrt(c2) only the epsilon changes.
        scalars[5] = convention == Convention.Keras ? epsilon : epsilon * rootOfC2;
    }
}
