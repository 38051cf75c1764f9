using NativeOpt.Backends;
using Xunit;

namespace NativeOpt.Tests.Optimizers;

/// <summary>What <see cref="MathMode.Fast"/> changes, and where it changes nothing.</summary>
public class MathModeTests
{
    private const int Length = 1003;

    public static TheoryData<string> Rules => ["adam", "adam(amsgrad=true)", "rmsprop(momentum=0.9)", "adadelta", "lamb", "prodigy", "sgd"];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Step_InFastModeOnTheManagedBackend_HasTheBitsOfTheExactOne(string rule)
    {
        Assert.Equal(Train(rule, MathMode.Exact, BackendKind.Managed), Train(rule, MathMode.Fast, BackendKind.Managed));
    }

    [SkippableTheory]
    [MemberData(nameof(Rules))]
    public void Step_InFastModeOnTheNativeBackend_IsCloseToTheExactOne(string rule)
    {
        TestBackends.RequireNative();
        float[] exact = Train(rule, MathMode.Exact, BackendKind.Native), fast = Train(rule, MathMode.Fast, BackendKind.Native);
        for (int i = 0; i < Length; i++)
            Assert.Equal(exact[i], fast[i], 2e-5f);
    }

    [Fact]
    public void MathMode_InText_IsReadAndWritten()
    {
        OptimizerRule rule = OptimizerRule.Parse("adam(math_mode=fast)");
        Assert.Equal(MathMode.Fast, rule.MathMode);
        Assert.Equal(rule, OptimizerRule.Parse(rule.ToString()));
        Assert.Equal(MathMode.Exact, new Adam().MathMode);
    }

    [Fact]
    public void MathMode_OutsideTheEnumeration_IsRefused()
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => new Adam { MathMode = (MathMode)7 });
        Assert.Contains("MathMode is 7; it must be Exact or Fast", exception.Message, StringComparison.Ordinal);
    }

    private static float[] Train(string name, MathMode mode, BackendKind backend)
    {
        float[] weights = [.. Enumerable.Range(0, Length).Select(i => MathF.Sin(i))];
        float[] gradients = [.. Enumerable.Range(0, Length).Select(i => MathF.Cos(3 * i))];
        using var optimizer = new Optimizer(OptimizerRule.Parse(name) with { MathMode = mode }, backend);
        for (int step = 0; step < 20; step++)
            optimizer.Step(weights, gradients);
        return weights;
    }
}
