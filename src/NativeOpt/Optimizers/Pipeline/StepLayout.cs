using NativeOpt.Interop;

namespace NativeOpt.Optimizers;

/// <summary>
/// What the settings of an optimizer switch on, and so which stages its steps have. Schedules change values, never this.
/// </summary>
internal sealed class StepLayout
{
    private readonly Clipping _shared;
    private readonly ClipKind _structure;
    private readonly StepStage[] _stages;
    private readonly OptimizerRule _rule;

    /// <summary>The layout of the steps of an optimizer.</summary>
    /// <param name="rule">The innermost rule.</param>
    /// <param name="uses">The rules that parameters go to.</param>
    /// <param name="lookahead">What brings the weights back from time to time, or null.</param>
    public StepLayout(OptimizerRule rule, RuleUse[] uses, Lookahead? lookahead)
    {
        Lookahead = lookahead;
        (_rule, _shared, _structure) = (rule, rule.ClipSettings, StructureOf(rule));
        Accumulates = rule.GradientAccumulationSteps is not null;
        NonFinite = rule.NonFinite;
        bool judges = NonFinite is NonFiniteGradients.Error or NonFiniteGradients.Skip;
        // One gradient that is not finite makes its whole column so.
        JudgesArrivals = judges && (Accumulates || Array.Exists(uses, use => Centralizes(use.Rule)));
        JudgesNorms = judges && !JudgesArrivals;
        bool adapts = Array.Exists(uses, use => Adapts(use));
        bool measures = Array.Exists(uses, use => use.Rule.MeasuredCount > 0);
        KeepsAverages = Array.Exists(uses, use => AverageSettingsOf(use.Rule) is not null);
        bool takesNorms = JudgesNorms || Array.Exists(uses, use => ClippingOf(use.Rule).NeedsNorms);
        _stages =
        [
            .. Stage(JudgesArrivals, StepStage.Inspect), .. Stage(Accumulates, StepStage.Accumulate), .. Stage(takesNorms, StepStage.Norms),
            .. Stage(measures, StepStage.Measure), StepStage.Update, .. Stage(KeepsAverages, StepStage.Average),
        ];
        FirstCanJoin = (!adapts && lookahead is null) || _stages[0] < StepStage.Measure;
        ReasonForAllGradients =
            measures ? $"{rule.Name} measures all gradients before it updates a parameter"
            : Array.Exists(uses, use => ClippingOf(use.Rule).Kind == ClipKind.GlobalNorm) ? "GlobalClipNorm is the norm of all gradients"
            : judges ? $"NonFinite is {NonFinite} and looks at all gradients"
            : null;
    }

    /// <summary>The stages of a step, in order.</summary>
    public ReadOnlySpan<StepStage> Stages => _stages;

    /// <summary>The first stage that sees the gradients of an update, all of them.</summary>
    public StepStage FirstOfUpdate => Array.Find(_stages, stage => stage > StepStage.Accumulate);

    /// <summary>Whether the first stage can stand in a plan of somebody else: nothing is patched in its arguments.</summary>
    public bool FirstCanJoin { get; }

    /// <summary>What brings the weights back from time to time, or null.</summary>
    public Lookahead? Lookahead { get; }

    /// <summary>Whether a step adds the gradients of penalties; if not they are in the gradients that it gets.</summary>
    public bool AddsPenalties { get; init; } = true;

    /// <summary>Whether a step ends with the constraints of parameters.</summary>
    public bool ObeysConstraints => _rule.ObeysConstraints;

    /// <summary>Whether averages of weights are kept.</summary>
    public bool KeepsAverages { get; }

    /// <summary>Whether gradients of several steps are added up.</summary>
    public bool Accumulates { get; }

    /// <summary>What is done about gradients that are infinite or NaN.</summary>
    public NonFiniteGradients NonFinite { get; }

    /// <summary>Whether gradients are looked at as they arrive, before they are added to others or centralized.</summary>
    public bool JudgesArrivals { get; }

    /// <summary>Whether they are looked at with their norms.</summary>
    public bool JudgesNorms { get; }

    /// <summary>Whether all parameters are clipped alike, and by one norm if it is a norm.</summary>
    public bool ClipsTogether => _shared.Kind != ClipKind.None;

    /// <summary>Why a step has to see the gradients of all parameters at once; null where it does not.</summary>
    public string? ReasonForAllGradients { get; }

    /// <summary>How the gradients of a rule were limited when the optimizer was made: as the outer rule says, or its own.</summary>
    public Clipping ClippingOf(OptimizerRule rule) => ClipsTogether ? _shared : rule.ClipSettings;

    /// <summary>The settings of the averages of the weights that a rule updates: the outer rule's, or its own; null: none are kept.</summary>
    public OptimizerRule? AverageSettingsOf(OptimizerRule rule) => _rule.UseEma ? _rule : rule.UseEma ? rule : null;

    /// <summary>Whether the gradients of a rule's parameters are centralized: as the outer rule says, or its own.</summary>
    public bool Centralizes(OptimizerRule rule) => _rule.CentralizeGradients || rule.CentralizeGradients;

    /// <summary>Whether adaptive clipping writes the gradients of a rule's parameters.</summary>
    public bool Adapts(RuleUse use) => ClippingOf(use.Rule).Kind == ClipKind.Adaptive;

    /// <summary>How the operations of a rule take their gradients.</summary>
    public RowOptions RowOptionsOf(RuleUse use, bool ofModel)
    {
        NoptStepFlags flags = Accumulates ? NoptStepFlags.ZeroGradients : 0;
        if (NonFinite == NonFiniteGradients.Zero && !Accumulates && !Adapts(use))
            flags |= NoptStepFlags.IgnoreNonFinite;
        return new RowOptions(ofModel, ClippingOf(use.Rule).Kind == ClipKind.ParameterNorm, flags)
        {
            AddsPenalties = AddsPenalties,
            Centralizes = Centralizes(use.Rule),
        };
    }

    /// <summary>Whether a rule with the values of a schedule would have another layout.</summary>
    public bool Differs(OptimizerRule rule) =>
        StructureOf(rule) != _structure || rule.ClipNormOrder != _shared.Order
        || rule.GradientAccumulationSteps is null == Accumulates;

    /// <summary>The kind of clipping; limiting elements is a number of the update and needs nothing.</summary>
    private static ClipKind StructureOf(OptimizerRule rule) =>
        rule.ClipSettings.Kind == ClipKind.Value && rule.ShareCount == 1 ? ClipKind.None : rule.ClipSettings.Kind;

    private static IEnumerable<StepStage> Stage(bool isOn, StepStage stage) => isOn ? [stage] : [];
}
