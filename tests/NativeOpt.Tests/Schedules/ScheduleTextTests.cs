using Xunit;

namespace NativeOpt.Tests.Schedules;

/// <summary>Schedules as text, alone and inside of optimizers.</summary>
public sealed class ScheduleTextTests
{
    public static TheoryData<string, Schedule> Texts => new()
    {
        { "constant(value=0.1)", new ConstantSchedule(0.1) },
        { "Cosine-Decay(LR=1e-3, decaySteps=1000)", new CosineDecay(1e-3, 1000) },
        { "cosine_decay(initial_learning_rate=0, decay_steps=150, warmup_target=0.1, warmup_steps=20)",
            new CosineDecay(0, 150) { WarmupTarget = 0.1, WarmupSteps = 20 } },
        { "cosine_decay(lr=1, decay_steps=1e4, warmup_target=none)", new CosineDecay(1, 10_000) },
        { "StepLR(lr=0.1, step_size=30, gamma=0.3)", new StepLR(0.1, 30) { Gamma = 0.3 } },
        { "MultiStepLR(lr=0.1, milestones=[20, 50])", new MultiStepLR(0.1, 20, 50) },
        { "ExponentialLR(lr=0.1, gamma=0.97)", new ExponentialDecay(0.1, 1, 0.97) },
        { "PolynomialLR(lr=0.1, power=2)", new PolynomialDecay(0.1, 5) { EndLearningRate = 0, Power = 2 } },
        { "CosineAnnealingLR(lr=0.1, T_max=50, eta_min=0.001)", new CosineAnnealingLR(0.1, 50) { EtaMin = 0.001 } },
        { "CosineAnnealingWarmRestarts(lr=0.1, T_0=10, T_mult=2)", new CosineAnnealingWarmRestarts(0.1, 10) { TMult = 2 } },
        { "cyclic_lr(base_lr=0, max_lr=1, mode=exp_range, gamma=0.9)", new CyclicLR(0, 1) { Mode = CyclicMode.ExpRange, Gamma = 0.9 } },
        { "one_cycle_lr(max_lr=1, total_steps=9, anneal_strategy=linear, three_phase=true)",
            new OneCycleLR(1, 9) { AnnealStrategy = AnnealStrategy.Linear, ThreePhase = true } },
        { "piecewise_constant_decay(boundaries=[1, 2], values=[3, 2, 1])", new PiecewiseConstantDecay([1, 2], [3, 2, 1]) },
        { "sequential(schedules=[linear_lr(lr=1, total_iters=5), step_lr(lr=1, step_size=3)], milestones=[5])",
            new SequentialSchedule([new LinearLR(1), new StepLR(1, 3)], [5]) },
        { "per_epoch(schedule=chained(schedules=[constant(value=1), step_lr(lr=1, step_size=3)]), steps_per_epoch=4)",
            new ConstantSchedule(1).Chain(new StepLR(1, 3)).PerEpoch(4) },
    };

    public static TheoryData<string, string> Refused => new()
    {
        { "cosine_decey(lr=1, decay_steps=5)", "unknown schedule 'cosine_decey'; did you mean 'cosine_decay'?" },
        { "cosine_decay(lr=1)", "cosine_decay: decay_steps is missing" },
        { "cosine_decay(lr=1, decay_steps=5, alfa=0)", "unknown setting of cosine_decay 'alfa'; did you mean 'alpha'?" },
        { "cosine_decay(lr=1, decay_steps=5, lr=2)", "sets initial_learning_rate twice" },
        { "cosine_decay(lr=1, decay_steps=5, alpha=2)", "cosine_decay: Alpha is 2; it must be at least 0 and at most 1" },
        { "cosine_decay(lr=fast, decay_steps=5)", "initial_learning_rate is fast; it must be a number" },
        { "cosine_decay(lr=1, decay_steps=5.5)", "decay_steps is 5.5; it must be a whole number" },
        { "cosine_decay(lr=1, decay_steps)", "'decay_steps' in 'cosine_decay(lr=1, decay_steps)' must have the form setting=value" },
        { "cosine_decay(lr=1, decay_steps=5", "must have the form name(setting=value, setting=value)" },
        { "cosine_decay(lr=1, decay_steps=[5)", "closes nothing" },
        { "exponential_decay(lr=1, decay_steps=5, decay_rate=1, staircase=7)", "staircase is 7; it must be true or false" },
        { "multi_step_lr(lr=1, milestones=5)", "milestones is 5; it must be a list such as [10, 20]" },
        { "cyclic_lr(base_lr=0, max_lr=1, mode=square)", "mode is square; it must be triangular or triangular2 or exprange" },
        { "per_epoch(schedule=3, steps_per_epoch=4)", "schedule is 3; it must be a schedule" },
        { "cyclic_momentum(cycle=constant(value=1))", "cycle must be a cyclic_lr" },
        { "per_epoch(schedule=step_lr(lr=1), steps_per_epoch=4)", "step_lr: step_size is missing" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Parse_GivesTheSchedule(string text, Schedule expected) => Assert.Equal(expected, Schedule.Parse(text));

    [Theory]
    [MemberData(nameof(Refused))]
    public void Parse_OfWhatCannotBeRead_SaysWhy(string text, string message) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(() => Schedule.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_OfDeepNesting_IsRefused()
    {
        string text = string.Concat(Enumerable.Repeat("per_epoch(steps_per_epoch=1, schedule=", 40)) + "constant(value=1)" + new string(')', 40);

        Assert.Contains("nested more than 32 deep", Assert.Throws<ArgumentException>(() => Schedule.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_LeavesDefaultsOut() =>
        Assert.Equal("step_lr(initial_learning_rate=0.1, step_size=30)", new StepLR(0.1, 30).ToString());

    [Fact]
    public void KnownNames_AreThoseOfEverySchedule()
    {
        IEnumerable<Type> types = typeof(Schedule).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Schedule)));

        Assert.Equal(types.Count() - 1 + 2, Schedule.KnownNames.Count(name => !name.EndsWith("halving", StringComparison.Ordinal)));
    }

    [Fact]
    public void ARule_WithASchedule_ComesBackFromItsText()
    {
        OptimizerRule rule = new Adam
        {
            Beta1 = 0.8,
            LearningRate = new CosineDecay(1e-3, 1000).WithWarmup(10).Then(new StepLR(1e-4, 5), 500),
        };

        Assert.Equal(rule, OptimizerRule.Parse(rule.ToString()));
        Assert.Equal("adam(learning_rate=step_lr(initial_learning_rate=0.1, step_size=3))", (rule with { Convention = Convention.Keras } is Adam adam
            ? adam with { Beta1 = 0.9, LearningRate = new StepLR(0.1, 3) }
            : rule).ToString());
    }

    [Fact]
    public void ARegisteredScheduleOfAUser_IsReadAndWritten()
    {
        if (!Schedule.KnownNames.Contains("halving"))
            Schedule.Register("halving", settings => new Halving(settings.Number("first")),
                schedule => new ScheduleSettings { ["first"] = schedule.First });

        Assert.Equal("halving(first=8)", new Halving(8).ToString());
        Assert.Equal(new Halving(8).Then(new StepLR(1, 2), 3), Schedule.Parse(new Halving(8).Then(new StepLR(1, 2), 3).ToString()));
        Assert.Contains("'Halving' is registered already",
            Assert.Throws<ArgumentException>(() => Schedule.Register("Halving", _ => new Halving(1), _ => new ScheduleSettings())).Message,
            StringComparison.Ordinal);
        Assert.Contains("Halving is registered already, as 'halving'",
            Assert.Throws<ArgumentException>(() => Schedule.Register("half", _ => new Halving(1), _ => new ScheduleSettings())).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void AScheduleWithoutAName_IsPrintedAsARecordAndCannotBeWrittenDown()
    {
        Assert.Equal("Nameless { Value = 3 }", new Nameless(3).ToString());
        Assert.Null(new Nameless(3).RegisteredName);
        Assert.Contains("Nameless has no name", Assert.Throws<NotSupportedException>(() => new Nameless(3).GetSettings()).Message, StringComparison.Ordinal);
    }

    private sealed record Halving(double First) : Schedule
    {
        protected override double Compute(long t) => First / (1L << (int)Math.Min(t, 62));
    }

    private sealed record Nameless(double Value) : Schedule
    {
        protected override double Compute(long t) => Value;
    }
}
