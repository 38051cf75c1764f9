using NativeOpt.Backends.Managed.Optimizers;

namespace NativeOpt;

/// <summary>
/// RMSprop (Tieleman &amp; Hinton 2012, lecture 6e): divides the gradient by a running average of its size. Centered: by its
/// standard deviation (Graves 2013, https://arxiv.org/abs/1308.0850, section 4.2).
/// </summary>
/// <remarks>
/// <c>v = rho*v + (1 - rho)*g^2</c>; centered: <c>m = rho*m + (1 - rho)*g</c> and <c>s = v - m^2</c>, else <c>s = v</c>.
/// <para>
/// Keras: <c>d = sqrt(s + eps)</c>; <c>w = w - lr*g/d</c>, or with momentum <c>b = mu*b + lr*g/d</c>, <c>w = w - b</c>, with Nesterov
/// <c>w = w - (mu*b + lr*g/d)</c>.
/// </para>
/// <para>
/// PyTorch: <c>d = sqrt(s) + eps</c>; <c>w = w - lr*g/d</c>, or with momentum <c>b = mu*b + g/d</c>, <c>w = w - lr*b</c>, with Nesterov
/// <c>w = w - lr*(mu*b + g/d)</c>.
/// </para>
/// optax' form is Keras'; it can put the epsilon outside the root, start v elsewhere, and correct the bias: v and m are divided by
/// <c>1 - rho^t</c> where s is formed.
/// Slots: "v", centered "m", with momentum "b".
/// Defaults (Keras'): LearningRate 0.001, Rho 0.9, Momentum 0, Epsilon 1e-7, Centered false, Nesterov false,
/// BiasCorrection false, InitialScale 0, EpsilonInRoot null (as the convention has it).
/// </remarks>
public sealed record RMSprop : OptimizerRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Number<RMSprop>("rho", rule => rule.Rho, (rule, value) => rule with { Rho = value }, "alpha",
            "decay_rate", "decay"),
        RuleSetting.Number<RMSprop>("momentum", rule => rule.Momentum, (rule, value) => rule with { Momentum = value }),
        RuleSetting.Number<RMSprop>("epsilon", rule => rule.Epsilon, (rule, value) => rule with { Epsilon = value }, "eps"),
        RuleSetting.Flag<RMSprop>("centered", rule => rule.Centered, (rule, value) => rule with { Centered = value }),
        RuleSetting.Flag<RMSprop>("nesterov", rule => rule.Nesterov, (rule, value) => rule with { Nesterov = value }),
        RuleSetting.Flag<RMSprop>("bias_correction", rule => rule.BiasCorrection, (rule, value) => rule with { BiasCorrection = value }),
        RuleSetting.Number<RMSprop>("initial_scale", rule => rule.InitialScale, (rule, value) => rule with { InitialScale = value }),
        RuleSetting.OptionalFlag<RMSprop>("epsilon_in_root", rule => rule.EpsilonInRoot,
            (rule, value) => rule with { EpsilonInRoot = value }, "eps_in_sqrt"),
    ];

    /// <summary>RMSprop with a learning rate of 0.001.</summary>
    public RMSprop() : base(learningRate: 0.001) { }

    /// <inheritdoc/>
    public override string Name => "rmsprop";

    /// <summary>Share of the averages that survives a step, in [0, 1); 0.9 by default (PyTorch calls it alpha).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Rho { get; init => field = Require.DecayRate(value, nameof(Rho)); } = 0.9;

    /// <summary>Share of the velocity that survives a step, mu, in [0, 1]; 0 by default: no velocity is kept.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1].</exception>
    public double Momentum { get; init => field = Require.Fraction(value, nameof(Momentum)); }

    /// <summary>Keeps the divisor away from 0; finite and not negative, 1e-7 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Epsilon { get; init => field = Require.Epsilon(value, nameof(Epsilon)); } = 1e-7;

    /// <summary>Subtracts the squared mean of the gradient; false by default.</summary>
    public bool Centered { get; init; }

    /// <summary>Looks one velocity ahead; false by default. Without momentum it does nothing.</summary>
    public bool Nesterov { get; init; }

    /// <summary>Undoes the bias of the averages towards their start at 0; false by default.</summary>
    public bool BiasCorrection { get; init; }

    /// <summary>What v starts at; finite and not negative, 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double InitialScale { get; init => field = Require.NotNegative(value, nameof(InitialScale)); }

    /// <summary>Whether epsilon is added under the root; null (default): as the convention has it, Keras inside, PyTorch outside.</summary>
    public bool? EpsilonInRoot { get; init; }

    internal override string KernelName => RmspropKernel.Description.Name;

    internal override uint Variant =>
        (Centered ? RmspropKernel.Centered : 0)
        | (Momentum != 0 ? RmspropKernel.Momentum : 0)
        | (Momentum != 0 && Nesterov ? RmspropKernel.Nesterov : 0);

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override double InitialSlotValue(string slot) => slot == "v" ? InitialScale : 0;

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        bool keras = Convention == Convention.Keras;
        bool inRoot = EpsilonInRoot ?? keras;
        bool rateInVelocity = keras && Momentum != 0;
        // d is multiplied by sqrt(c), as in Adam.
        double c = BiasCorrection ? 1 - Math.Pow(Rho, step) : 1;
        double rootOfC = Math.Sqrt(c);
        scalars[0] = Rho;
        scalars[1] = 1 - Rho;
        scalars[2] = inRoot ? Epsilon * c : 0;
        scalars[3] = inRoot ? 0 : Epsilon * rootOfC;
        scalars[4] = Momentum;
        scalars[5] = rootOfC * (rateInVelocity ? learningRate : 1);
        scalars[6] = Momentum == 0 ? rootOfC * learningRate : rateInVelocity ? 1 : learningRate;
        scalars[7] = 1 / c;
    }
}
