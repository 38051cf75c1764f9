namespace NativeOpt.Tests.Optimizers;

/// <summary>Sgd with momentum once more, written as users write rules.</summary>
public sealed record OwnMomentum() : CustomRule(learningRate: 0.01)
{
    private static readonly RuleSlot[] SlotTable = [new("v")];

    private static readonly KeyValuePair<string, double>[] NumberTable = [new("sum_of_rates", 0.0)];

    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Number<OwnMomentum>("momentum", rule => rule.Momentum, (rule, value) => rule with { Momentum = value }, "mu"),
        RuleSetting.Flag<OwnMomentum>("ahead", rule => rule.Ahead, (rule, value) => rule with { Ahead = value }),
    ];

    static OwnMomentum() => Register("own_momentum", () => new OwnMomentum());

    public override string Name => "own_momentum";

    public double Momentum
    {
        get;
        init => field = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Momentum), "Momentum is not in [0, 1].");
    } = 0.9;

    public bool Ahead { get; init; }

    protected override IReadOnlyList<RuleSlot> Slots => SlotTable;

    protected override IReadOnlyList<KeyValuePair<string, double>> Numbers => NumberTable;

    protected override IReadOnlyList<RuleSetting> Settings => SettingTable;

    /// <summary>Makes sure that the rule is registered, whatever test comes first.</summary>
    public static OwnMomentum Registered() => new();

    protected override void Update<T>(in RuleUpdate<T> update)
    {
        (T mu, T rate) = (T.CreateChecked(Momentum), T.CreateChecked(-update.LearningRate));
        Span<T> v = update.Slot(0);
        for (int i = 0; i < v.Length; i++)
        {
            T change = rate * update.Gradients[i];
            v[i] = mu * v[i] + change;
            update.Weights[i] += Ahead ? mu * v[i] + change : v[i];
        }
        // Anything may be left in the copy.
        update.Gradients.Fill(T.NaN);
    }

    protected override void AdvanceNumbers(long stepNumber, double learningRate, Span<double> numbers) => numbers[0] += learningRate;

    protected override void CheckSettings()
    {
        if (Ahead && Momentum == 0)
            throw new ArgumentException("Ahead is true and Momentum is 0; it needs one.", nameof(Ahead));
    }
}

/// <summary>Updates all parameters but one.</summary>
public sealed record FailingRule(string Parameter) : CustomRule(learningRate: 1)
{
    public override string Name => "failing";

    protected override void Update<T>(in RuleUpdate<T> update)
    {
        if (update.Parameter == Parameter)
            throw new NotSupportedException($"not {Parameter} [{string.Join(", ", update.Shape)}]");
    }
}

/// <summary>Two slots that start otherwise than at 0; w = a + 2 b.</summary>
public sealed record TwoSlots(string First, string Second) : CustomRule(learningRate: 1)
{
    public override string Name => "two_slots";

    protected override IReadOnlyList<RuleSlot> Slots => [new(First, InitialValue: 3), new(Second, StartsAsWeights: true)];

    protected override void Update<T>(in RuleUpdate<T> update)
    {
        for (int i = 0; i < update.Weights.Length; i++)
            update.Weights[i] = update.Slot(0)[i] + T.CreateChecked(2) * update.Slot(1)[i];
    }
}

/// <summary>A rule that has perhaps forgotten its name or its slots.</summary>
public sealed record Unnamed(string OwnName, IReadOnlyList<RuleSlot> OwnSlots) : CustomRule(learningRate: 1)
{
    public override string Name => OwnName;

    protected override IReadOnlyList<RuleSlot> Slots => OwnSlots;

    protected override void Update<T>(in RuleUpdate<T> update) => update.Weights.Clear();
}
