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
        var rule = new Adam { AmsGrad = true };
        using var first = new Optimizer(rule, TestBackends.Open(backend));
        float[] weights = [1, 2, 3, 4, 5];
        for (int i = 1; i <= 7; i++)
            first.Step(weights, [i, -i, 0.5f, 0, 1]);

        using var second = new Optimizer(rule, TestBackends.Open(backend));
        second.Register("copy", 5);
        foreach (string slot in first.State.SlotNames)
            second.State.SetSlot("copy", slot, first.State.GetSlot("weights", slot));
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
