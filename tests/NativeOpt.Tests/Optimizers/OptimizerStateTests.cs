using Xunit;

namespace NativeOpt.Tests.Optimizers;

public class OptimizerStateTests
{
    [Theory]
    [InlineData("sgd", new string[0])]
    [InlineData("momentum", new[] { "v" })]
    [InlineData("rmsprop", new[] { "v" })]
    [InlineData("rmsprop(centered=true)", new[] { "v", "m" })]
    [InlineData("rmsprop(momentum=0.9)", new[] { "v", "b" })]
    [InlineData("rmsprop(centered=true,momentum=0.9)", new[] { "v", "m", "b" })]
    [InlineData("adam", new[] { "m", "v" })]
    [InlineData("adam(amsgrad=true)", new[] { "m", "v", "vhat" })]
    [InlineData("adamw", new[] { "m", "v" })]
    [InlineData("adamw(amsgrad=true)", new[] { "m", "v", "vhat" })]
    [InlineData("adagrad(initial_accumulator_value=0)", new[] { "v" })]
    [InlineData("adadelta", new[] { "v", "x" })]
    [InlineData("adamax", new[] { "m", "u" })]
    [InlineData("radam", new[] { "m", "v" })]
    [InlineData("rprop(lr=0)", new[] { "previous", "step" })]
    [InlineData("lion", new[] { "m" })]
    [InlineData("sign_sgd", new string[0])]
    [InlineData("signum", new[] { "m" })]
    [InlineData("adabelief", new[] { "m", "v" })]
    [InlineData("adan", new[] { "m", "v", "n", "previous" })]
    [InlineData("ademamix", new[] { "m1", "m2", "v" })]
    [InlineData("adopt", new[] { "m", "v" })]
    [InlineData("optimistic_adam", new[] { "m", "v", "previous" })]
    [InlineData("amsgrad", new[] { "m", "v", "vhat" })]
    [InlineData("yogi(initial_accumulator=0)", new[] { "m", "v" })]
    [InlineData("madgrad", new[] { "v", "sum", "x0" })]
    public void SlotNames_OfARule_AreThoseItUses(string rule, string[] slots)
    {
        using var optimizer = new Optimizer(OptimizerRule.Parse(rule), BackendKind.Managed);
        Assert.Empty(optimizer.State.SlotNames);
        optimizer.Register("w", 2);
        Assert.Equal(slots, optimizer.State.SlotNames);
        Assert.All(slots, slot => Assert.Equal([0f, 0f], optimizer.State.GetSlot("w", slot)));
        Assert.Empty(optimizer.State.Scalars);
    }

    [Theory]
    [InlineData("adagrad", "v", 0.1f)]
    [InlineData("adagrad(initial_accumulator_value=0.5)", "v", 0.5f)]
    [InlineData("ftrl(initial_accumulator_value=0.25)", "n", 0.25f)]
    [InlineData("ftrl", "z", 0f)]
    [InlineData("rprop(lr=0.02)", "step", 0.02f)]
    [InlineData("rprop", "previous", 0f)]
    public void Slots_OfANewParameter_StartWhereTheRuleSays(string rule, string slot, float start)
    {
        using var optimizer = new Optimizer(OptimizerRule.Parse(rule), BackendKind.Managed);
        optimizer.Register("w", 3);
        Assert.Equal([start, start, start], optimizer.State.GetSlot("w", slot));
    }

    [Fact]
    public void Scalars_OfNadam_AreTheProductOfItsMomenta()
    {
        using var optimizer = new Optimizer(new Nadam(), BackendKind.Managed);
        Assert.Equal([new KeyValuePair<string, double>("mu_product", 1)], optimizer.State.Scalars);
        optimizer.Step(new float[2], [1, 2]);
        optimizer.Step(new float[2], [1, 2]);
        double product = 0.9 * (1 - 0.5 * 0.96) * (0.9 * (1 - 0.5 * 0.96 * 0.96));
        Assert.Equal(product, optimizer.State.Scalars["mu_product"], 1e-15);
    }

    /// <summary>A step over two parameters moves the numbers on once, and one over none not at all.</summary>
    [Fact]
    public void Scalars_OverSeveralParameters_MoveOnOncePerStep()
    {
        using var one = new Optimizer(new Nadam(), BackendKind.Managed);
        one.Step(new float[2], [1, 2]);
        using var two = new Optimizer(new Nadam(), BackendKind.Managed);
        two.Register("a", 1);
        two.Register("b", 1);
        two.BeginStep().Dispose();
        using (OptimizerStep step = two.BeginStep())
        {
            step.Update("a", new float[1], [1]);
            step.Update("b", new float[1], [2]);
        }
        Assert.Equal(one.State.Scalars, two.State.Scalars);
    }

    [Fact]
    public void Scalars_AsADictionary_HaveFixedNames()
    {
        using var optimizer = new Optimizer(new Nadam(), BackendKind.Managed);
        IDictionary<string, double> scalars = optimizer.State.Scalars;
        scalars["mu_product"] = 0.5;
        Assert.True(scalars.TryGetValue("mu_product", out double value));
        Assert.Equal(0.5, value);
        Assert.False(scalars.TryGetValue("mu", out _));
        Assert.True(scalars.ContainsKey("mu_product"));
        Assert.Contains(new KeyValuePair<string, double>("mu_product", 0.5), scalars);
        Assert.Equal(["mu_product"], scalars.Keys);
        Assert.Equal([0.5], scalars.Values);
        var copy = new KeyValuePair<string, double>[2];
        scalars.CopyTo(copy, 1);
        Assert.Equal(new KeyValuePair<string, double>("mu_product", 0.5), copy[1]);
        AssertRefused("unknown number 'mu_produkt'; did you mean 'mu_product'?", () => scalars["mu_produkt"] = 1);
        Assert.Throws<KeyNotFoundException>(() => scalars["mu"]);
        Assert.Throws<NotSupportedException>(() => scalars.Add("mu", 1));
        Assert.Throws<NotSupportedException>(() => scalars.Remove("mu_product"));
        Assert.Throws<NotSupportedException>(scalars.Clear);
    }

    [Fact]
    public void GetSlot_AfterAStep_IsACopyOfWhatTheRuleKept()
    {
        using var optimizer = new Optimizer(new Sgd { LearningRate = 0.5, Momentum = 0.9 }, BackendKind.Managed);
        optimizer.Step(new float[2], [2, -4]);
        float[] copy = optimizer.State.GetSlot("weights", "v");
        Assert.Equal([-1f, 2f], copy);
        copy[0] = 100;
        Assert.Equal([-1f, 2f], optimizer.State.GetSlot("weights", "v"));
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void State_CarriedToAnotherOptimizer_ContinuesWithTheSameBits(string backend)
    {
        OptimizerRule[] rules = [new Adam { AmsGrad = true }, new Nadam(), new Asgd { Lambda = 0.1 }, new Ftrl()];
        foreach (OptimizerRule rule in rules)
            CarryState(rule, backend);
    }

    private static void CarryState(OptimizerRule rule, string backend)
    {
        using var first = new Optimizer(rule, TestBackends.Open(backend));
        float[] weights = [1, 2, 3, 4, 5];
        for (int i = 1; i <= 7; i++)
            first.Step(weights, [i, -i, 0.5f, 0, 1]);

        using var second = new Optimizer(rule, TestBackends.Open(backend));
        second.Register("copy", 5);
        foreach (string slot in first.State.SlotNames)
            second.State.SetSlot("copy", slot, first.State.GetSlot("weights", slot));
        foreach ((string name, double value) in first.State.Scalars)
            second.State.Scalars[name] = value;
        second.State.StepCount = first.State.StepCount;
        float[] continued = [.. weights];
        first.Step(weights, [1, 2, 3, 4, 5]);
        second.Step(continued, [1, 2, 3, 4, 5]);
        Assert.Equal(weights, continued);
        Assert.Equal(8, second.StepCount);
    }

    [Fact]
    public void Slots_ThatAreNotThere_AreNamedWithTheNearest()
    {
        using var optimizer = new Optimizer(new Adam(), BackendKind.Managed);
        optimizer.Register("kernel", 2);
        AssertRefused("unknown parameter 'kernal'; did you mean 'kernel'? Known: kernel",
            () => optimizer.State.GetSlot("kernal", "m"));
        AssertRefused("unknown slot 'vhat'", () => optimizer.State.GetSlot("kernel", "vhat"));
        AssertRefused("values has 3 elements, slot 'm' of parameter 'kernel' has 2.",
            () => optimizer.State.SetSlot("kernel", "m", new float[3]));
        AssertRefused("StepCount", () => optimizer.State.StepCount = -1);
        Assert.Throws<ArgumentNullException>(() => optimizer.State.GetSlot(null!, "m"));
        Assert.Throws<ArgumentNullException>(() => optimizer.State.GetSlot("kernel", null!));
        Assert.Equal([0f, 0f], optimizer.State.GetSlot("kernel", "m"));
    }

    private static void AssertRefused(string message, Action action) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
}
