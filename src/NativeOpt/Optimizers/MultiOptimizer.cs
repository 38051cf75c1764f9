using NativeOpt.Optimizers;
using NativeOpt.Schedules;
using NativeOpt.Text;

namespace NativeOpt;

/// <summary>Several rules in one optimizer, each for the parameters whose names match its pattern.</summary>
/// <remarks>
/// <code>
/// new MultiOptimizer(("*/bias", new Sgd { LearningRate = 0.1 }), ("*", new AdamW()))
/// </code>
/// In a pattern, * stands for any characters, none too, and ? for one; case matters. The first pattern that matches decides. All rules
/// share the number of the step. <see cref="OptimizerRule.LearningRate"/> of this rule, 1 by default, is a factor of the learning rates
/// of all the others; it may be a schedule like theirs. The numbers that the rules keep are in
/// <see cref="OptimizerState.Scalars"/> under "{pattern}:{name}".
/// <para>
/// Accumulation, loss scale and the treatment of gradients that are not finite are set here, for all; gradients are clipped either as
/// this rule says, all of them together, or each rule clips those of its own parameters.
/// </para>
/// <para>Memory: the slots of a rule reach from its first parameter to its last, those of other rules between them included.</para>
/// </remarks>
public sealed record MultiOptimizer : OptimizerRule
{
    private readonly ValueList<PatternRule> _rules;

    /// <summary>Rules by pattern.</summary>
    /// <param name="rules">Patterns such as "*/bias" or "dense_1/*" and the rules of the parameters they match, at least one.</param>
    /// <exception cref="ArgumentException">There is none, or a pattern is empty or there twice.</exception>
    public MultiOptimizer(params IEnumerable<(string Pattern, OptimizerRule Rule)> rules) : base(learningRate: 1)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var list = new List<PatternRule>();
        foreach ((string pattern, OptimizerRule rule) in rules)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(pattern, nameof(rules));
            ArgumentNullException.ThrowIfNull(rule, nameof(rules));
            if (list.Exists(other => other.Pattern == pattern))
                throw new ArgumentException($"The pattern '{pattern}' is there twice; its second rule would never be used.", nameof(rules));
            list.Add(new PatternRule(pattern, rule));
        }
        if (list.Count == 0)
            throw new ArgumentException("There must be at least one rule.", nameof(rules));
        _rules = new ValueList<PatternRule>(list);
    }

    /// <inheritdoc/>
    public override string Name => "multi";

    /// <summary>The rules with their patterns, in order.</summary>
    public IReadOnlyList<PatternRule> Rules => _rules;

    // No kernel has this name: the rules of the list have theirs.
    internal override string KernelName => Name;

    internal override IReadOnlyList<RuleSetting> OwnSettings => [];

    // No row is written for this rule.
    internal override void WriteScalars(long step, double learningRate, Span<double> scalars) { }

    internal override int ShareCount => _rules.Sum(entry => entry.Rule.ShareCount);

    internal override IEnumerable<string> TextOfShares => _rules.Select(entry => $"{entry.Pattern}: {entry.Rule}");

    internal override OptimizerRule CreateDefaults() => new MultiOptimizer(_rules.Select(entry => (entry.Pattern, entry.Rule)));

    internal override RuleShare[] CreateShares() =>
    [
        .. _rules.SelectMany(entry => (entry.Rule with { }).CreateShares()
            .Select(share => share with { Label = share.Label.Length == 0 ? entry.Pattern : $"{entry.Pattern}:{share.Label}" })),
    ];

    internal override int ShareOf(string parameter, IReadOnlyList<int> shape)
    {
        int first = 0;
        foreach (PatternRule entry in _rules)
        {
            if (NamePattern.Matches(entry.Pattern, parameter))
                return first + entry.Rule.ShareOf(parameter, shape);
            first += entry.Rule.ShareCount;
        }
        throw new ArgumentException(
            $"No rule of the MultiOptimizer takes the parameter '{parameter}'; its patterns are "
            + $"{string.Join(", ", _rules.Select(entry => $"'{entry.Pattern}'"))}. A last pattern '*' takes the rest.", nameof(parameter));
    }

    internal override double RateOf(int share, double learningRate, long completedSteps)
    {
        int index = 0;
        for (; share >= _rules[index].Rule.ShareCount; index++)
            share -= _rules[index].Rule.ShareCount;
        OptimizerRule rule = _rules[index].Rule;
        double own = Require.NotNegative(rule.LearningRate.ValueAt(completedSteps), nameof(LearningRate));
        return rule.RateOf(share, learningRate * own, completedSteps);
    }

    internal override void Validate()
    {
        if (WeightDecay != 0)
            throw new ArgumentException(FormattableString.Invariant(
                $"WeightDecay of a MultiOptimizer is {WeightDecay}; it must be 0, each of its rules has its own."), nameof(WeightDecay));
        if (Maximize)
            throw new ArgumentException(
                "Maximize of a MultiOptimizer is true; it must be false, each of its rules has its own.", nameof(Maximize));
        foreach (PatternRule entry in _rules)
        {
            if (entry.Rule is WrapperRule wrapper)
                throw new ArgumentException(
                    $"The rule for '{entry.Pattern}' is a {wrapper.GetType().Name}, which takes all parameters together; "
                    + $"put the MultiOptimizer into the {wrapper.GetType().Name}.", nameof(Rules));
            entry.Rule.ValidateAll();
            entry.Rule.RefuseSchedule(entry.Rule.LearningRate);
            RefuseWholeStepSettings(entry);
            if (ClipSettings.Kind != ClipKind.None && entry.Rule.ClipSettings.Kind != ClipKind.None)
                throw new ArgumentException(
                    $"The MultiOptimizer clips gradients and so does its rule for '{entry.Pattern}'; only one of them can.", nameof(Rules));
        }
    }

    /// <summary>What concerns a step as a whole is the outer rule's business.</summary>
    private static void RefuseWholeStepSettings(PatternRule entry)
    {
        string? setting =
            entry.Rule.GradientAccumulationSteps is not null ? nameof(GradientAccumulationSteps)
            : entry.Rule.LossScaleFactor is not null ? nameof(LossScaleFactor)
            : entry.Rule.NonFinite != NonFiniteGradients.Propagate ? nameof(NonFinite)
            : null;
        if (setting is not null)
            throw new ArgumentException(
                $"The rule for '{entry.Pattern}' sets {setting}, which concerns the whole step; set it on the MultiOptimizer.", setting);
    }
}
