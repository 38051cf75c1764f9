using Xunit;

namespace NativeOpt.Tests.Optimizers;

/// <summary>What rules that take sums over parameters keep and need, apart from their arithmetic.</summary>
public class MeasuredRuleTests
{
    public static TheoryData<string, string> BackendsAndGlobalRules
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string backend in TestBackends.All)
                foreach (string rule in StepCases.RuleNames.Except(StepCases.LocalRuleNames))
                    data.Add(backend, rule);
            return data;
        }
    }

    /// <summary>The sums run over both arrays: together they are one.</summary>
    [SkippableTheory]
    [MemberData(nameof(BackendsAndGlobalRules))]
    public void Step_OfAGlobalRuleOnTwoArrays_IsCloseToAStepOnOne(string backend, string rule)
    {
        using var split = new Optimizer(StepCases.Rules[rule], TestBackends.Open(backend));
        split.Register("a", 3);
        split.Register("b", 2);
        using var whole = new Optimizer(StepCases.Rules[rule], TestBackends.Open(backend));
        float[] a = [0.5f, -1, 2], b = [0.25f, 3], both = [.. a, .. b];
        for (int step = 1; step <= 30; step++)
        {
            float[] gradients = [.. both.Select((w, i) => w - i + MathF.Cos(step))];
            split.Step(new ParameterUpdate("a", a, gradients.AsMemory(0, 3)), new ParameterUpdate("b", b, gradients.AsMemory(3)));
            whole.Step(both, gradients);
        }
        Assert.Equal(whole.State.Scalars["d"], split.State.Scalars["d"], 1e-5);
        Assert.All(both.Zip([.. a, .. b]), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [SkippableTheory]
    [MemberData(nameof(BackendsAndGlobalRules))]
    public void Step_OfAGlobalRuleAfterTheFirst_AllocatesNothing(string backend, string rule)
    {
        using var optimizer = new Optimizer(StepCases.Rules[rule], TestBackends.Open(backend));
        optimizer.Register("a", 100);
        optimizer.Register("b", 7);
        ParameterUpdate[] updates = [new("a", new float[100], new float[100]), new("b", new float[7], new float[7])];
        Assert.Equal(0, AllocationProbe.BytesOf(() => optimizer.Step(updates)));
    }

    /// <summary>Without a gradient there is nothing to estimate from.</summary>
    [SkippableTheory]
    [MemberData(nameof(BackendsAndGlobalRules))]
    public void Step_OfAGlobalRuleWithoutGradients_KeepsTheEstimate(string backend, string rule)
    {
        using var optimizer = new Optimizer(StepCases.Rules[rule] with { WeightDecay = 0 }, TestBackends.Open(backend));
        float[] weights = [1, -2];
        optimizer.Step(weights, new float[2]);
        Assert.Equal(0.01, optimizer.State.Scalars["d"]);
        Assert.Equal([1f, -2f], weights);
        optimizer.Step(weights, [1, 1]);
        Assert.True(weights[0] < 1);
    }

    /// <summary>A step that finds the solution to be further away takes longer steps from then on.</summary>
    [SkippableTheory]
    [MemberData(nameof(BackendsAndGlobalRules))]
    public void Steps_OfAGlobalRule_RaiseTheEstimateToTheDistance(string backend, string rule)
    {
        using var optimizer = new Optimizer(StepCases.Rules[rule] with { WeightDecay = 0 }, TestBackends.Open(backend));
        float[] weights = [10, -10];
        for (int step = 0; step < 300; step++)
            optimizer.Step(weights, [weights[0] - 12, weights[1] + 12]);
        Assert.InRange(optimizer.State.Scalars["d"], 0.1, 20);
        Assert.InRange(weights[0], 11.5, 12.5);
    }

    /// <summary>A second moment for each parameter: it is copied out and in like the slots.</summary>
    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Numbers_OfNovoGrad_ContinueARun(string backend)
    {
        var rule = new NovoGrad { LearningRate = 0.1 };
        using var first = new Optimizer(rule, TestBackends.Open(backend));
        float[] a = [1, 2], b = [3];
        Run(first, a, b, steps: 3);
        Assert.Equal(["v"], first.State.GetNumberNames("a"));
        Assert.NotEqual(first.State.GetNumber("a", "v"), first.State.GetNumber("b", "v"));

        using var second = new Optimizer(rule, TestBackends.Open(backend));
        Register(second);
        float[] c = [.. a], d = [.. b];
        foreach (string name in new[] { "a", "b" })
        {
            second.State.SetSlot(name, "m", first.State.GetSlot(name, "m"));
            second.State.SetNumber(name, "v", first.State.GetNumber(name, "v"));
        }
        second.State.StepCount = first.StepCount;
        Run(first, a, b, steps: 2);
        Run(second, c, d, steps: 2);
        Assert.Equal(a, c);
        Assert.Equal(b, d);
    }

    /// <summary>The papers allow a factor on d.</summary>
    [Theory]
    [InlineData("prodigy")]
    [InlineData("dadapt_adamw")]
    public void Schedule_OnARuleThatEstimatesItsRate_IsAFactor(string name)
    {
        OptimizerRule rule = OptimizerRule.FromName(name);
        using var half = new Optimizer(rule with { LearningRate = new ConstantSchedule(0.5) }, BackendKind.Managed);
        using var number = new Optimizer(rule with { LearningRate = 0.5 }, BackendKind.Managed);
        float[] a = [1, -2], b = [1, -2];
        for (int step = 0; step < 5; step++)
        {
            half.Step(a, a.ToArray());
            number.Step(b, b.ToArray());
        }
        Assert.Equal(b, a);
    }

    [Fact]
    public void Schedule_OnARuleThatAdaptsItsStepSizes_IsRefusedWithTheReason()
    {
        const string message = "it must be a number, because every weight has a step size that the rule adapts by itself";
        var schedule = new ExponentialDecay(0.01, 10, 0.5);
        var rule = new Rprop { LearningRate = schedule };
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => new Optimizer(rule, BackendKind.Managed)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Optimizer(new MultiOptimizer(("*", rule)), BackendKind.Managed));
        using var optimizer = new Optimizer(new Rprop(), BackendKind.Managed);
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => optimizer.Schedules["lr"] = schedule).Message,
            StringComparison.Ordinal);
        Assert.Equal(0.01, optimizer.LearningRate);
    }

    [Fact]
    public void Numbers_ThatAreNotThere_AreRefused()
    {
        using var optimizer = new Optimizer(new NovoGrad(), BackendKind.Managed);
        optimizer.Register("w", 2);
        Assert.Contains("unknown number 'u'; did you mean 'v'",
            Assert.Throws<ArgumentException>(() => optimizer.State.GetNumber("w", "u")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => optimizer.State.GetNumber("x", "v"));
        Assert.Throws<ArgumentException>(() => optimizer.State.SetNumber("w", "u", 1));
        using var adam = new Optimizer(new Adam(), BackendKind.Managed);
        adam.Register("w", 2);
        Assert.Empty(adam.State.GetNumberNames("w"));
    }

    private static void Register(Optimizer optimizer)
    {
        optimizer.Register("a", 2);
        optimizer.Register("b", 1);
    }

    private static void Run(Optimizer optimizer, float[] a, float[] b, int steps)
    {
        if (optimizer.Parameters.Count == 0)
            Register(optimizer);
        for (int i = 0; i < steps; i++)
        {
            using OptimizerStep step = optimizer.BeginStep();
            step.Update("a", a, [a[0], a[1] - 1]);
            step.Update("b", b, [b[0] * 2]);
        }
    }
}
