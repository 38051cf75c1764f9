using NativeOpt.Optimizers;

namespace NativeOpt;

/// <summary>
/// A rule around another one: <see cref="Sam"/> or <see cref="Lookahead"/>. All settings but its own are the inner rule's and set there.
/// One may be inside of the other; a <see cref="MultiOptimizer"/> may be inside and not around.
/// </summary>
public abstract record WrapperRule : OptimizerRule
{
    // The base is a copy of the inner rule's: optimizers read the settings that all rules have from either.
    private protected WrapperRule(OptimizerRule inner) : base(RequireInner(inner)) => Inner = inner;

    /// <summary>What updates the weights.</summary>
    public OptimizerRule Inner { get; }

    internal sealed override string KernelName => Inner.KernelName;

    internal sealed override bool HasSharedSettings => false;

    internal sealed override string? ReasonAgainstSchedule => Inner.ReasonAgainstSchedule;

    /// <summary>The inner rule, or the one inside of that if it is a wrapper too.</summary>
    internal OptimizerRule Innermost => Inner is WrapperRule wrapper ? wrapper.Innermost : Inner;

    /// <summary>The same wrapper around another rule.</summary>
    internal abstract WrapperRule Around(OptimizerRule inner);

    internal sealed override OptimizerRule WithLearningRate(ScheduledValue learningRate) => Around(Inner.WithLearningRate(learningRate));

    // No row is written for this rule: the inner one has the parameters.
    internal sealed override void WriteScalars(long step, double learningRate, Span<double> scalars) { }

    internal sealed override void Validate()
    {
        Inner.ValidateAll();
        if (FirstSharedDifference(Inner) is { } setting)
            throw new ArgumentException(
                $"{setting} of a {GetType().Name} differs from that of its inner rule; set it on the inner rule.", setting);
    }

    /// <summary>The wrapper of that kind among this rule and those inside of it, or null.</summary>
    internal static TWrapper? Find<TWrapper>(OptimizerRule rule) where TWrapper : WrapperRule =>
        rule as TWrapper ?? (rule is WrapperRule { Inner: var inner } ? Find<TWrapper>(inner) : null);

    /// <summary>Refuses an inner rule that has such a wrapper already.</summary>
    /// <exception cref="ArgumentException">It has.</exception>
    private protected static OptimizerRule RequireWithout<TWrapper>(OptimizerRule inner) where TWrapper : WrapperRule =>
        Find<TWrapper>(RequireInner(inner)) is null
            ? inner
            : throw new ArgumentException(
                $"The inner rule of a {typeof(TWrapper).Name} is a {typeof(TWrapper).Name}; one of them is enough.", nameof(inner));

    private static OptimizerRule RequireInner(OptimizerRule inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        return inner;
    }
}
