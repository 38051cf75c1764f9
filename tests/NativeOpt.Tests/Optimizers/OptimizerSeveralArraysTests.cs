using NativeOpt.Optimizers;
using NativeOpt.Training;
using Xunit;

namespace NativeOpt.Tests.Optimizers;

/// <summary>Steps over several of the caller's arrays at once.</summary>
public class OptimizerSeveralArraysTests
{
    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Step_OverSeveralArrays_EqualsBeginStep(string backend)
    {
        using var atOnce = new Optimizer(new Nadam(), TestBackends.Open(backend));
        using var oneByOne = new Optimizer(new Nadam(), TestBackends.Open(backend));
        float[] a = [1, 2, 3, 99], b = [4, 5], sameA = [1, 2, 3], sameB = [4, 5];
        foreach (Optimizer optimizer in new[] { atOnce, oneByOne })
        {
            optimizer.Register("a", 3);
            optimizer.Register("b", 2, 1);
        }
        for (int i = 1; i <= 3; i++)
        {
            float[] gradientOfA = [i, 1, -1], gradientOfB = [-1, i];
            atOnce.Step(new ParameterUpdate("b", b, gradientOfB), new ParameterUpdate("a", a.AsMemory(0, 3), gradientOfA));
            using OptimizerStep step = oneByOne.BeginStep();
            step.Update("a", sameA, gradientOfA);
            step.Update("b", sameB, gradientOfB);
        }
        Assert.Equal([.. sameA, 99], a);
        Assert.Equal(sameB, b);
        Assert.Equal(3, atOnce.StepCount);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Step_OverSeveralArrays_AllocatesNothing(string backend)
    {
        using var optimizer = new Optimizer(
            new MultiOptimizer(("b", new Sgd { Momentum = 0.9 }), ("*", new Adam())), TestBackends.Open(backend));
        optimizer.Register("a", 100);
        optimizer.Register("b", 7);
        float[] a = new float[100], b = new float[7], gradients = new float[100];
        Assert.Equal(0, AllocationProbe.BytesOf(() => optimizer.Step(
            new ParameterUpdate("a", a, gradients), new ParameterUpdate("b", b, gradients.AsMemory(0, 7)))));
    }

    [Fact]
    public void Step_WithWrongUpdates_SaysWhichAndChangesNothing()
    {
        using var optimizer = new Optimizer(new Sgd(), BackendKind.Managed);
        optimizer.Register("a", 1);
        optimizer.Register("b", 2);
        float[] a = [1], b = [1, 2], one = [1], two = [1, 1];
        AssertRefused("updates is empty", () => optimizer.Step(ReadOnlySpan<ParameterUpdate>.Empty));
        AssertRefused("unknown parameter 'c'", () => optimizer.Step(new ParameterUpdate("a", a, one), new ParameterUpdate("c", b, two)));
        AssertRefused("Parameter 'a' is in the updates twice",
            () => optimizer.Step(new ParameterUpdate("a", a, one), new ParameterUpdate("a", a, one)));
        AssertRefused("gradients has 1 elements, parameter 'b' has 2",
            () => optimizer.Step(new ParameterUpdate("a", a, one), new ParameterUpdate("b", b, one)));
        AssertRefused("gradients shares memory with weights", () => optimizer.Step(new ParameterUpdate("a", a, a)));
        Assert.Equal((1f, 1f, 2f), (a[0], b[0], b[1]));
        Assert.Equal(0, optimizer.StepCount);
        optimizer.Step(new ParameterUpdate("a", a, one), new ParameterUpdate("b", b, two));
        Assert.Equal(1, optimizer.StepCount);
    }

    [Fact]
    public void Rule_ThatMeasures_SeesTheSumOverAllParametersBeforeAnyUpdate()
    {
        using var optimizer = new Optimizer(new MeasuringRule(), BackendKind.Managed);
        optimizer.Register("a", 2);
        optimizer.Register("b", 1);
        float[] a = [1, 1], b = [1];
        optimizer.Step(new ParameterUpdate("a", a, new float[] { 1, 1 }), new ParameterUpdate("b", b, new float[] { 1 }));

        // Two elements and one: the rate is 1/3 for both, and 3 is what the state keeps.
        Assert.Equal(2f / 3f, a[0], 1e-6f);
        Assert.Equal(2f / 3f, b[0], 1e-6f);
        Assert.Equal(3, optimizer.State.Scalars["count"]);
    }

    [Fact]
    public void Update_OfOneOfSeveralParameters_UnderARuleThatMeasures_PointsToStep()
    {
        using var optimizer = new Optimizer(new MeasuringRule(), BackendKind.Managed);
        float[] only = [1];
        optimizer.Step(only, [1]);
        Assert.Equal(0, only[0]);
        optimizer.Register("b", 1);
        AssertRefused("measuring measures all gradients before it updates a parameter, so it needs the 2 parameters at once: use Step", () =>
        {
            using OptimizerStep step = optimizer.BeginStep();
            step.Update("weights", only, [1]);
        });
        Assert.Equal(1, optimizer.StepCount);
    }

    private static void AssertRefused(string message, Action action) =>
        Assert.Contains(message, Assert.ThrowsAny<Exception>(action).Message, StringComparison.Ordinal);

    /// <summary>Gradient descent with the rate 1 / number of all elements, which it measures.</summary>
    private sealed record MeasuringRule() : OptimizerRule(learningRate: 1)
    {
        public override string Name => "measuring";

        internal override string KernelName => "sgd";

        internal override IReadOnlyList<RuleSetting> OwnSettings => [];

        internal override int MeasuredCount => 1;

        internal override IReadOnlyList<KeyValuePair<string, double>> KeptNumbers => [new("count", 0)];

        internal override UpdateBlock CreateBlock(StepRows rows) => new CountingBlock(new StepBlock(this, rows));

        internal override void UseMeasured(long step, double learningRate, ReadOnlySpan<double> measured, Span<double> kept) =>
            kept[0] = measured[0];

        internal override void WriteScalars(long step, double learningRate, Span<double> scalars) { }

        internal override void WriteKeptScalars(long step, double learningRate, ReadOnlySpan<double> kept, Span<double> scalars) =>
            scalars[0] = kept[0] == 0 ? 0 : learningRate / kept[0];
    }

    /// <summary>Measures the number of elements.</summary>
    private sealed class CountingBlock(StepBlock inner) : UpdateBlock(inner.Rule, inner.Rows)
    {
        private readonly double[] _measured = [inner.Rows.Length];

        public override IEnumerable<string> SlotNames => inner.SlotNames;

        public override ReadOnlySpan<double> Measured => _measured;

        public override SlotPlace? FindSlot(ParameterRange parameter, string name) => inner.FindSlot(parameter, name);

        public override void AddUpdate(NativeOpt.Backends.StepPlan plan, ArrayPlaces places, NativeOpt.Backends.IBackend backend) =>
            inner.AddUpdate(plan, places, backend);

        public override void Prepare(in StepNumbers numbers) => inner.Prepare(numbers);

        public override void Dispose()
        {
            inner.Dispose();
            base.Dispose();
        }
    }
}
