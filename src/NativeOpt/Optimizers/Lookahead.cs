using NativeOpt.Optimizers;

namespace NativeOpt;

/// <summary>
/// Lookahead (Zhang et al. 2019, https://arxiv.org/abs/1907.08610, algorithm 1) around another rule: slow weights, which start as the
/// weights, go a part of the way to where the rule has led in k steps, and the weights go on from there:
/// <c>slow = slow + alpha*(w - slow); w = slow</c>, after each k-th step.
/// </summary>
/// <remarks>
/// <code>model.Compile(new Lookahead(new Adam(), syncPeriod: 5), "sparse_categorical_crossentropy");</code>
/// The slow weights are the slot "slow", 4 bytes a weight. A step that is no k-th costs nothing more. What the rule keeps, such as momentum,
/// is left as it is. Averages of the weights see them after they were brought back; constraints come last, as always.
/// <para>Where gradients accumulate, updates are counted.</para>
/// </remarks>
public sealed record Lookahead : WrapperRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Text<Lookahead>("inner", rule => rule.Inner.ToString(), (rule, text) => (Lookahead)rule.Around(Parse(text)),
            "base", "base_optimizer", "fast_optimizer"),
        RuleSetting.Whole<Lookahead>("sync_period", rule => rule.SyncPeriod, (rule, value) => rule with { SyncPeriod = value }, "k", "la_steps"),
        RuleSetting.Number<Lookahead>("slow_step_size", rule => rule.SlowStepSize,
            (rule, value) => rule with { SlowStepSize = value }, "alpha", "la_alpha"),
    ];

    /// <summary>A rule whose weights are brought back from time to time.</summary>
    /// <param name="inner">What updates the weights; all settings but the two below are its.</param>
    /// <param name="syncPeriod">k, steps from one time to the next; at least 1, 6 by default, as in optax and TensorFlow.</param>
    /// <param name="slowStepSize">alpha, the part of the way that slow weights go; above 0 and at most 1, 0.5 by default.</param>
    /// <exception cref="ArgumentException">The inner rule is one of these itself, or has one inside.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public Lookahead(OptimizerRule inner, int syncPeriod = 6, double slowStepSize = 0.5) : base(RequireWithout<Lookahead>(inner)) =>
        (SyncPeriod, SlowStepSize) = (syncPeriod, slowStepSize);

    /// <inheritdoc/>
    public override string Name => "lookahead";

    /// <summary>k, steps from one time that the weights are brought back to the next; at least 1, 6 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int SyncPeriod
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(
            nameof(SyncPeriod), FormattableString.Invariant($"SyncPeriod is {value}; it must be at least 1."));
    }

    /// <summary>alpha, the part of the way to the weights that slow weights go; above 0 and at most 1, 0.5 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0 or is above 1.</exception>
    public double SlowStepSize
    {
        get;
        init => field = value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(
            nameof(SlowStepSize), FormattableString.Invariant($"SlowStepSize is {value}; it must be greater than 0 and at most 1."));
    }

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override WrapperRule Around(OptimizerRule inner) => new Lookahead(inner, SyncPeriod, SlowStepSize);
}
