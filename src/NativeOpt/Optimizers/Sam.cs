using NativeOpt.Optimizers;

namespace NativeOpt;

/// <summary>
/// Sharpness-aware minimization (Foret et al. 2021, https://arxiv.org/abs/2010.01412) around another rule: each step takes the gradient
/// g of a batch, climbs to <c>w + e</c> with <c>e = rho*g/(|g| + 1e-12)</c>, takes the gradient of the same batch there, goes back to w
/// to the last bit, and lets the rule step from w with that second gradient. Adaptive (Kwon et al. 2021,
/// https://arxiv.org/abs/2102.11600): <c>e = rho*w^2*g/(|w*g| + 1e-12)</c>. Norms are over all parameters that are trained.
/// </summary>
/// <remarks>
/// <code>model.Compile(new Sam(new Sgd { Momentum = 0.9 }, rho: 0.05), "sparse_categorical_crossentropy");</code>
/// Fit and TrainOnBatch do both passes, so a step costs two, and a copy of the parameters. The loss and the metrics they report are
/// those at w. Both passes have the same dropout; moving statistics follow the first one only. By hand: Forward, Backward,
/// <see cref="Optimizer.Climb"/>, Forward, Backward, Step.
/// <para>
/// Penalties are a part of both gradients; weight decay is the rule's, and a part of neither. The climb takes the first gradient as it
/// is; whatever the rule is set to do with gradients (clipping, accumulation, what happens to infinite ones) it does with the second.
/// Where gradients accumulate, each batch climbs on its own and the second gradients are added up. A first gradient that is not finite
/// makes the second NaN, so that the rule's <see cref="OptimizerRule.NonFinite"/> applies.
/// </para>
/// <para>
/// All settings but those below are the inner rule's and set there. It is for models: of arrays of the caller's own nobody can be asked
/// for a second gradient. It may hold a <see cref="MultiOptimizer"/> and not be in one, because the norm is of all parameters.
/// </para>
/// </remarks>
public sealed record Sam : WrapperRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Text<Sam>("inner", sam => sam.Inner.ToString(), (sam, text) => (Sam)sam.Around(Parse(text)),
            "base", "base_optimizer"),
        RuleSetting.Number<Sam>("rho", sam => sam.Rho, (sam, value) => sam with { Rho = value }),
        RuleSetting.Flag<Sam>("adaptive", sam => sam.Adaptive, (sam, value) => sam with { Adaptive = value }),
    ];

    /// <summary>A rule that takes its gradients at a higher point.</summary>
    /// <param name="inner">What updates the weights; all settings but rho and adaptive are its.</param>
    /// <param name="rho">How far to climb; finite and greater than 0, 0.05 by default. Adaptive values are some ten times as large.</param>
    /// <param name="adaptive">Whether a weight is moved in proportion to its own square.</param>
    /// <exception cref="ArgumentException">The inner rule is one of these itself, or has one inside.</exception>
    /// <exception cref="ArgumentOutOfRangeException">rho is not finite and positive.</exception>
    public Sam(OptimizerRule inner, double rho = 0.05, bool adaptive = false) : base(RequireWithout<Sam>(inner)) =>
        (Rho, Adaptive) = (rho, adaptive);

    /// <inheritdoc/>
    public override string Name => "sam";

    /// <summary>
    /// How far to climb; finite and greater than 0, 0.05 by default. It may follow a schedule: <c>optimizer.Schedules["rho"]</c>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite and positive.</exception>
    public double Rho { get; init => field = Require.Positive(value, nameof(Rho)); }

    /// <summary>Whether a weight is moved in proportion to its own square; false by default.</summary>
    public bool Adaptive { get; init; }

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override WrapperRule Around(OptimizerRule inner) => new Sam(inner, Rho, Adaptive);
}
