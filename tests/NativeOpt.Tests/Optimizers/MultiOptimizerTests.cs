using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Training;
using Xunit;

namespace NativeOpt.Tests.Optimizers;

/// <summary>Several rules over the parameters of one optimizer.</summary>
public class MultiOptimizerTests
{
    private static readonly MultiOptimizer Rule = new(
        ("*/bias", new Sgd { LearningRate = 0.5, Momentum = 0.9 }),
        ("norm?/*", new Nadam()),
        ("*", new Adam { LearningRate = 0.1 }));

    /// <summary>Name of a parameter and the rule that it goes to.</summary>
    private static readonly Dictionary<string, OptimizerRule> Expected = new()
    {
        ["dense/kernel"] = Rule.Rules[2].Rule,
        ["dense/bias"] = Rule.Rules[0].Rule,
        ["norm1/bias"] = Rule.Rules[0].Rule,
        ["norm1/gamma"] = Rule.Rules[1].Rule,
        ["dense_1/kernel"] = Rule.Rules[2].Rule,
    };

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Step_OnArrays_GivesEachParameterWhatItsRuleAloneGives(string backend)
    {
        using var multi = new Optimizer(Rule, TestBackends.Open(backend));
        var weights = new Dictionary<string, float[]>();
        var expected = new Dictionary<string, float[]>();
        foreach (string name in Expected.Keys)
        {
            multi.Register(name, 5);
            (weights[name], expected[name]) = (Values(name, 0), Values(name, 0));
        }
        for (int step = 1; step <= 4; step++)
            multi.Step([.. Expected.Keys.Select(name => new ParameterUpdate(name, weights[name], Values(name, step)))]);

        Assert.Equal(4, multi.StepCount);
        foreach ((string name, OptimizerRule rule) in Expected)
        {
            using var alone = new Optimizer(rule, TestBackends.Open(backend));
            for (int step = 1; step <= 4; step++)
                alone.Step(expected[name], Values(name, step));
            Assert.Equal(expected[name], weights[name]);
            Assert.Equal(alone.State.SlotNames, multi.State.GetSlotNames(name));
            foreach (string slot in alone.State.SlotNames)
                Assert.Equal(alone.State.GetSlot("weights", slot), multi.State.GetSlot(name, slot));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Step_OnAnArena_EqualsTheStepOnArrays(string backend)
    {
        using IBackend opened = TestBackends.Open(backend);
        using ParameterArena arena = ParameterArena.Create(Expected.Keys.Select(name => (name, new[] { 5 })), NoptDtype.F32);
        using var onArena = new Optimizer(Rule);
        using var onArrays = new Optimizer(Rule, TestBackends.Open(backend));
        onArena.Attach(arena, opened);
        Dictionary<string, float[]> weights = Expected.Keys.ToDictionary(name => name, name => Values(name, 0));
        foreach (ParameterRange range in arena.Ranges)
        {
            onArrays.Register(range.Name, 5);
            weights[range.Name].CopyTo(arena.Parameters.AsSpan<float>()[(int)range.Offset..]);
        }
        for (int step = 1; step <= 3; step++)
        {
            foreach (ParameterRange range in arena.Ranges)
                Values(range.Name, step).CopyTo(arena.Gradients.AsSpan<float>()[(int)range.Offset..]);
            onArena.StepArena();
            onArrays.Step([.. Expected.Keys.Select(name => new ParameterUpdate(name, weights[name], Values(name, step)))]);
        }
        foreach (ParameterRange range in arena.Ranges)
            Assert.Equal(weights[range.Name], arena.Parameters.AsSpan<float>().Slice((int)range.Offset, 5).ToArray());
    }

    [Fact]
    public void LearningRate_IsAFactorOfTheOthers()
    {
        var schedule = new ExponentialDecay(1, 1, 0.5);
        using var optimizer = new Optimizer(
            new MultiOptimizer(("a", new Sgd { LearningRate = 1 }), ("b", new Sgd { LearningRate = schedule })) { LearningRate = 0.5 },
            BackendKind.Managed);
        optimizer.Register("a", 1);
        optimizer.Register("b", 1);
        float[] a = [0], b = [0];
        optimizer.Step(new ParameterUpdate("a", a, new float[] { 1 }), new ParameterUpdate("b", b, new float[] { 1 }));
        Assert.Equal((-0.5f, -0.5f), (a[0], b[0]));
        optimizer.LearningRate = 2;
        optimizer.Step(new ParameterUpdate("a", a, new float[] { 1 }), new ParameterUpdate("b", b, new float[] { 1 }));
        Assert.Equal((-2.5f, -1.5f), (a[0], b[0]));
    }

    [Fact]
    public void Scalars_CarryThePatternOfTheirRule_AndAreRestored()
    {
        using var first = new Optimizer(Rule, BackendKind.Managed);
        first.Register("norm1/gamma", 2);
        float[] weights = [1, 2], continued = [1, 2];
        first.Step(weights, [1, -1]);
        Assert.Equal(["norm?/*:mu_product"], first.State.Scalars.Keys);
        Assert.NotEqual(1, first.State.Scalars["norm?/*:mu_product"]);

        using var second = new Optimizer(Rule, BackendKind.Managed);
        second.Register("norm1/gamma", 2);
        second.State.StepCount = first.State.StepCount;
        second.State.Scalars["norm?/*:mu_product"] = first.State.Scalars["norm?/*:mu_product"];
        foreach (string slot in first.State.SlotNames)
            second.State.SetSlot("norm1/gamma", slot, first.State.GetSlot("norm1/gamma", slot));
        weights.CopyTo(continued, 0);
        first.Step(weights, [0.5f, 1]);
        second.Step(continued, [0.5f, 1]);
        Assert.Equal(weights, continued);
    }

    [Fact]
    public void Parameter_ThatNoPatternMatches_IsRefusedByName()
    {
        var rule = new MultiOptimizer(("*/kernel", new Sgd()), ("*/Bias", new Sgd()));
        using var optimizer = new Optimizer(rule, BackendKind.Managed);
        const string message = "No rule of the MultiOptimizer takes the parameter 'dense/bias'; its patterns are '*/kernel', '*/Bias'.";
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => optimizer.Register("dense/bias", 1)).Message, StringComparison.Ordinal);
        Assert.Empty(optimizer.Parameters);

        using Sequential model = new(new Dense(2, inputShape: 3));
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => model.Compile(rule, "mse")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_WithSeveralRules_TrainsAllParameters()
    {
        using var model = new Sequential(new Dense(3, "tanh", inputShape: 2), new Dense(1));
        model.Compile(new MultiOptimizer(("*/bias", new Sgd { LearningRate = 0.05 }), ("dense_1/*", new Adam()), ("*", new AdamW())), "mse");
        float[] before = model.Optimizer!.GetEvaluationWeights("dense_1/kernel");
        model.Fit(new float[,] { { 1, 2 }, { 2, 1 } }, new float[,] { { 1 }, { 2 } }, epochs: 2, batchSize: 1);
        Assert.Equal(4, model.Optimizer.StepCount);
        Assert.NotEqual(before, model.Optimizer.GetEvaluationWeights("dense_1/kernel"));
        Assert.NotEqual(0, model.Optimizer.GetEvaluationWeights("dense_1/bias")[0]);
        Assert.Empty(model.Optimizer.State.GetSlotNames("dense/bias"));
        Assert.Equal(["m", "v"], model.Optimizer.State.GetSlotNames("dense_1/kernel"));
    }

    [Fact]
    public void Constructor_WithContradictions_SaysWhich()
    {
        AssertRefused("There must be at least one rule.", () => new MultiOptimizer());
        AssertRefused("The pattern '*' is there twice", () => new MultiOptimizer(("*", new Sgd()), ("*", new Adam())));
        AssertRefused("empty", () => new MultiOptimizer((" ", new Sgd())));
        AssertRefused("WeightDecay of a MultiOptimizer is 0.1; it must be 0", () => new Optimizer(Rule with { WeightDecay = 0.1 }));
        AssertRefused("Maximize of a MultiOptimizer is true", () => new Optimizer(Rule with { Maximize = true }));
        AssertRefused("Dampening is 0.5; it must be 0 under Convention.Keras",
            () => new Optimizer(new MultiOptimizer(("*", new Sgd { Momentum = 0.5, Dampening = 0.5 }))));
    }

    [Fact]
    public void ToString_NamesPatternsAndRules()
    {
        var rule = new MultiOptimizer(("*/bias", new Sgd { LearningRate = 0.5 }), ("*", new Adam { Beta1 = 0.8 }));
        Assert.Equal("multi(learning_rate=1, */bias: sgd(learning_rate=0.5), *: adam(learning_rate=0.001, beta_1=0.8))", rule.ToString());
        Assert.Equal(rule, new MultiOptimizer(("*/bias", new Sgd { LearningRate = 0.5 }), ("*", new Adam { Beta1 = 0.8 })));
    }

    [Fact]
    public void Rules_MayBeNested()
    {
        var inner = new MultiOptimizer(("*/bias", new Sgd { LearningRate = 1 }), ("*", new Sgd { LearningRate = 2 })) { LearningRate = 0.5 };
        using var optimizer = new Optimizer(new MultiOptimizer(("a/*", inner), ("*", new Sgd { LearningRate = 8 })), BackendKind.Managed);
        float[] bias = [0], kernel = [0], other = [0];
        foreach (string name in new[] { "a/bias", "a/kernel", "b/bias" })
            optimizer.Register(name, 1);
        optimizer.Step(new ParameterUpdate("a/bias", bias, new float[] { 1 }), new ParameterUpdate("a/kernel", kernel, new float[] { 1 }),
            new ParameterUpdate("b/bias", other, new float[] { 1 }));
        Assert.Equal((-0.5f, -1f, -8f), (bias[0], kernel[0], other[0]));
    }

    private static float[] Values(string name, int step) =>
        [.. Enumerable.Range(0, 5).Select(i => MathF.Cos(i + 3 * step + name.Length) + 0.25f)];

    private static void AssertRefused(string message, Func<object> create) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(create).Message, StringComparison.Ordinal);
}
