using NativeOpt.Backends.Managed.Optimizers;

namespace NativeOpt;

/// <summary>
/// Gradient descent, with momentum (Polyak 1964) or Nesterov's momentum (Nesterov 1983, in the form of Sutskever et al. 2013).
/// </summary>
/// <remarks>
/// Without momentum: <c>w = w - lr*g</c>.
/// <para>Keras: <c>v = mu*v - lr*g</c>, then <c>w = w + v</c>, or with Nesterov <c>w = w + mu*v - lr*g</c>.</para>
/// <para>
/// PyTorch: <c>v = mu*v + (1 - dampening)*g</c> (at the first step <c>v = g</c>), then <c>w = w - lr*v</c>, or with Nesterov
/// <c>w = w - lr*(g + mu*v)</c>.
/// </para>
/// The two agree as long as the learning rate stays the same. Slot: "v", except without momentum.
/// Defaults: LearningRate 0.01, Momentum 0, Nesterov false, Dampening 0.
/// </remarks>
public sealed record Sgd : OptimizerRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Number<Sgd>("momentum", rule => rule.Momentum, (rule, value) => rule with { Momentum = value }),
        RuleSetting.Flag<Sgd>("nesterov", rule => rule.Nesterov, (rule, value) => rule with { Nesterov = value }),
        RuleSetting.Number<Sgd>("dampening", rule => rule.Dampening, (rule, value) => rule with { Dampening = value }),
    ];

    /// <summary>Plain gradient descent with a learning rate of 0.01.</summary>
    public Sgd() : base(learningRate: 0.01) { }

    /// <inheritdoc/>
    public override string Name => "sgd";

    /// <summary>Share of the velocity that survives a step, mu, in [0, 1]; 0 by default: no velocity is kept.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1].</exception>
    public double Momentum { get; init => field = Require.Fraction(value, nameof(Momentum)); }

    /// <summary>Looks one velocity ahead; false by default. Keras ignores it without momentum, PyTorch refuses it there.</summary>
    public bool Nesterov { get; init; }

    /// <summary>
    /// PyTorch only: share of the gradient that does not enter the velocity, in [0, 1]; 0 by default. Not at the first step,
    /// and not together with <see cref="Nesterov"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1].</exception>
    public double Dampening { get; init => field = Require.Fraction(value, nameof(Dampening)); }

    internal override string KernelName =>
        Momentum == 0 ? SgdKernel.Description.Name
        : Nesterov ? NesterovKernel.Description.Name
        : MomentumKernel.Description.Name;

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override void Validate()
    {
        if (Dampening != 0 && Convention == Convention.Keras)
            throw new ArgumentException(FormattableString.Invariant(
                $"Dampening is {Dampening}; it must be 0 under Convention.Keras, because Keras has no dampening."), nameof(Dampening));
        if (Dampening != 0 && Nesterov)
            throw new ArgumentException(FormattableString.Invariant(
                $"Dampening is {Dampening}; it must be 0 where Nesterov is true."), nameof(Dampening));
        if (Nesterov && Momentum == 0 && Convention == Convention.PyTorch)
            throw new ArgumentException(
                "Nesterov is true and Momentum is 0; under Convention.PyTorch it needs a Momentum greater than 0.", nameof(Nesterov));
    }

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        if (Momentum == 0)
        {
            scalars[0] = learningRate;
            return;
        }
        scalars[0] = Momentum;
        if (Convention == Convention.Keras)
            (scalars[1], scalars[2]) = (-learningRate, -1);
        else
            (scalars[1], scalars[2]) = (step == 1 ? 1 : 1 - Dampening, learningRate);
    }
}
