namespace NativeOpt.Optimizers;

/// <summary>A rule at work in an optimizer: the learning rate of the step in progress and the numbers it keeps.</summary>
/// <param name="share">The rule.</param>
/// <param name="numbers">The kept numbers of all rules of the optimizer.</param>
/// <param name="first">Where those of this rule begin.</param>
internal sealed class RuleUse(RuleShare share, NamedNumbers numbers, int first)
{
    // Of the step in progress: what a step measures counts only once the step is complete.
    private readonly double[] _kept = new double[share.Rule.KeptNumbers.Count];
    private readonly double[] _measured = new double[share.Rule.MeasuredCount];

    /// <summary>The norm of the gradients of the rule's parameters, as far as they have been measured in the step in progress.</summary>
    public NormTotal Norm;

    public OptimizerRule Rule { get; } = share.Rule;

    /// <summary>The learning rate of the step in progress.</summary>
    public double LearningRate { get; private set; }

    /// <summary>The kept numbers of the step in progress.</summary>
    public ReadOnlySpan<double> Kept => _kept;

    private Span<double> State => numbers.Span.Slice(first, _kept.Length);

    /// <summary>Names and first values of the numbers that all rules keep, after the labels of the rules.</summary>
    public static IReadOnlyList<KeyValuePair<string, double>> NumbersOf(IEnumerable<RuleShare> shares) =>
    [
        .. shares.SelectMany(share => share.Rule.KeptNumbers.Select(number => share.Label.Length == 0
            ? number
            : new KeyValuePair<string, double>($"{share.Label}:{number.Key}", number.Value))),
    ];

    /// <summary>Takes over the kept numbers of a state.</summary>
    public void Restore(ReadOnlySpan<double> kept) => kept.CopyTo(State);

    /// <summary>Starts a step.</summary>
    public void Begin(double learningRate)
    {
        LearningRate = learningRate;
        State.CopyTo(_kept);
        Array.Clear(_measured);
        Norm = default;
    }

    /// <summary>Adds what the rule has measured in one piece of memory.</summary>
    public void AddMeasured(ReadOnlySpan<double> measured)
    {
        for (int i = 0; i < _measured.Length; i++)
            _measured[i] += measured[i];
    }

    /// <summary>Lets the rule draw its conclusions once everything is measured.</summary>
    public void UseMeasured(long step)
    {
        if (_measured.Length > 0)
            Rule.UseMeasured(step, LearningRate, _measured, _kept);
    }

    /// <summary>Ends step number <paramref name="step"/>: its numbers become the state.</summary>
    public void Complete(long step)
    {
        Rule.AdvanceKeptNumbers(step, LearningRate, _kept);
        _kept.CopyTo(State);
    }
}
