using NativeOpt.Backends.Managed.Optimizers;

namespace NativeOpt;

/// <summary>
/// RMSprop (Tieleman &amp; Hinton 2012, lecture 6e): divides the gradient by a running average of its size. Centered: by its
/// standard deviation (Graves 2013, https://arxiv.org/abs/1308.0850, section 4.2).
/// </summary>
/// <remarks>
/// <c>v = rho*v + (1 - rho)*g^2</c>; centered: <c>m = rho*m + (1 - rho)*g</c> and <c>s = v - m^2</c>, else <c>s = v</c>.
/// <para>
/// Keras: <c>d = sqrt(s + eps)</c>; <c>w = w - lr*g/d</c>, or with momentum <c>b = mu*b + lr*g/d</c>, <c>w = w - b</c>.
/// </para>
/// <para>
/// PyTorch: <c>d = sqrt(s) + eps</c>; <c>w = w - lr*g/d</c>, or with momentum <c>b = mu*b + g/d</c>, <c>w = w - lr*b</c>.
/// </para>
/// Slots: "v", centered "m", with momentum "b".
/// Defaults (Keras'): LearningRate 0.001, Rho 0.9, Momentum 0, Epsilon 1e-7, Centered false.
/// </remarks>
public sealed record RMSprop : OptimizerRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Number<RMSprop>("rho", rule => rule.Rho, (rule, value) => rule with { Rho = value }, "alpha", "decay_rate"),
        RuleSetting.Number<RMSprop>("momentum", rule => rule.Momentum, (rule, value) => rule with { Momentum = value }),
        RuleSetting.Number<RMSprop>("epsilon", rule => rule.Epsilon, (rule, value) => rule with { Epsilon = value }, "eps"),
        RuleSetting.Flag<RMSprop>("centered", rule => rule.Centered, (rule, value) => rule with { Centered = value }),
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
    public double Epsilon { get; init => field = Require.NotNegative(value, nameof(Epsilon)); } = 1e-7;

    /// <summary>Subtracts the squared mean of the gradient; false by default.</summary>
    public bool Centered { get; init; }

    internal override string KernelName => RmspropKernel.Description.Name;

    internal override uint Variant =>
        (Centered ? RmspropKernel.Centered : 0) | (Momentum != 0 ? RmspropKernel.Momentum : 0);

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        bool keras = Convention == Convention.Keras;
        bool rateInVelocity = keras && Momentum != 0;
        scalars[0] = Rho;
        scalars[1] = 1 - Rho;
        scalars[2] = keras ? Epsilon : 0;
        scalars[3] = keras ? 0 : Epsilon;
        scalars[4] = Momentum;
        scalars[5] = rateInVelocity ? learningRate : 1;
        scalars[6] = rateInVelocity ? 1 : learningRate;
    }
}
