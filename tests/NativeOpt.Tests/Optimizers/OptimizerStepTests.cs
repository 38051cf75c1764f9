using NativeOpt.Backends;
using NativeOpt.Interop;
using Xunit;

namespace NativeOpt.Tests.Optimizers;

/// <summary>Steps on the caller's arrays: what is accepted, what is refused, and that a refusal changes nothing.</summary>
public class OptimizerStepTests
{
    private static Optimizer Create() => new(new Adam { LearningRate = 0.1 }, BackendKind.Managed);

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Step_OnOneArray_FollowsTheRule(string backend)
    {
        using var optimizer = new Optimizer(new Sgd { LearningRate = 0.5 }, TestBackends.Open(backend));
        float[] weights = [1, 2, 3];
        optimizer.Step(weights, [2, 0, -2]);
        Assert.Equal([0f, 2f, 4f], weights);
        Assert.Equal(1, optimizer.StepCount);
        Assert.Equal(["weights"], optimizer.State.ParameterNames);
    }

    [Fact]
    public void Step_WithALengthThatDoesNotFit_ChangesNothing()
    {
        using Optimizer optimizer = Create();
        float[] weights = [1, 2, 3];
        AssertRefused<ArgumentException>("gradients has 2 elements, weights has 3.", () => optimizer.Step(weights, new float[2]));
        AssertRefused<ArgumentException>("weights is empty", () => optimizer.Step([], []));
        Assert.Empty(optimizer.State.ParameterNames);

        optimizer.Step(weights, new float[3]);
        AssertRefused<ArgumentException>("weights has 4 elements, parameter 'weights' has 3.",
            () => optimizer.Step(new float[4], new float[4]));
        AssertRefused<ArgumentException>("gradients has 4 elements, parameter 'weights' has 3.",
            () => optimizer.Step(weights, new float[4]));
        Assert.Equal([1f, 2f, 3f], weights);
        Assert.Equal(1, optimizer.StepCount);
    }

    [Fact]
    public void Step_OnOverlappingSpans_ChangesNothing()
    {
        using Optimizer optimizer = Create();
        float[] memory = [1, 2, 3, 4];
        AssertRefused<ArgumentException>("gradients shares memory with weights",
            () => optimizer.Step(memory.AsSpan(0, 3), memory.AsSpan(1, 3)));
        Assert.Empty(optimizer.State.ParameterNames);
        optimizer.Register("w", 3);
        AssertRefused<ArgumentException>("gradients shares memory with weights",
            () => optimizer.Step(memory.AsSpan(0, 3), memory.AsSpan(1, 3)));
        Assert.Equal([1f, 2f, 3f, 4f], memory);
        Assert.Equal(0, optimizer.StepCount);
    }

    [Fact]
    public void Step_WithSeveralParameters_AsksForBeginStep()
    {
        using Optimizer optimizer = Create();
        optimizer.Register("a", 2);
        optimizer.Step(new float[2], new float[2]);
        optimizer.Register("b", 2);
        AssertRefused<InvalidOperationException>("Step takes one array and 2 parameters are registered; use BeginStep, or Step with a ParameterUpdate for each.",
            () => optimizer.Step(new float[2], new float[2]));
        Assert.Equal(1, optimizer.StepCount);
    }

    [Fact]
    public void Register_OfABadParameter_IsRefused()
    {
        using Optimizer optimizer = Create();
        optimizer.Register("w", 2, 3);
        AssertRefused<ArgumentException>("A parameter called 'w' is registered already.", () => optimizer.Register("w", 2));
        AssertRefused<ArgumentException>("(Parameter 'name')", () => optimizer.Register(" ", 2));
        AssertRefused<ArgumentNullException>("(Parameter 'name')", () => optimizer.Register(null!, 2));
        AssertRefused<ArgumentException>("The shape of 'b' is [2, 0]; each size must be at least 1.", () => optimizer.Register("b", 2, 0));
        AssertRefused<ArgumentException>("The shape of 'b' is [-3]; each size must be at least 1.", () => optimizer.Register("b", -3));
        AssertRefused<ArgumentException>("an array has at most", () => optimizer.Register("b", 65536, 65536, 65536, 65536));
        AssertRefused<ArgumentException>("The shape of 'b' is [65536, 65536, 0]",
            () => optimizer.Register("b", 65536, 65536, 0));
        Assert.Equal(["w"], optimizer.State.ParameterNames);
    }

    [Fact]
    public void Register_WithAShape_DescribesTheParameter()
    {
        using Optimizer optimizer = Create();
        OptimizerParameter matrix = optimizer.Register("kernel", 2, 3);
        OptimizerParameter number = optimizer.Register("scale");
        Assert.Equal(("kernel", 6L, "kernel [2, 3]"), (matrix.Name, matrix.Length, matrix.ToString()));
        Assert.Equal([2, 3], matrix.Shape);
        Assert.Equal(1, number.Length);
        Assert.Empty(number.Shape);
    }

    [Fact]
    public void Step_OnAClosedOptimizer_IsRefused()
    {
        Optimizer optimizer = Create();
        optimizer.Step(new float[2], new float[2]);
        optimizer.Dispose();
        optimizer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => optimizer.Step(new float[2], new float[2]));
        Assert.Throws<ObjectDisposedException>(() => optimizer.Register("b", 2));
        Assert.Throws<ObjectDisposedException>(() => { optimizer.BeginStep(); });
        Assert.Throws<ObjectDisposedException>(() => optimizer.LearningRate = 0.1);
        Assert.Throws<ObjectDisposedException>(() => optimizer.State.GetSlot("weights", "m"));
        Assert.Throws<ObjectDisposedException>(() => optimizer.State.StepCount = 0);
    }

    [Fact]
    public unsafe void Step_ThatTheBackendRefuses_IsNotCounted()
    {
        using var optimizer = new Optimizer(new Sgd(), new RefusingBackend());
        float[] weights = [1];
        Assert.Throws<NativeOptException>(() => optimizer.Step(weights, [1]));
        Assert.Equal(0, optimizer.StepCount);
        Assert.Equal([1f], weights);
        optimizer.LearningRate = 0.1; // No step was left open.
    }

    [Fact]
    public void LearningRate_ChangedBetweenSteps_Acts()
    {
        using var optimizer = new Optimizer(new Sgd { LearningRate = 0.5 }, BackendKind.Managed);
        float[] weights = [0];
        optimizer.Step(weights, [-1]);
        optimizer.LearningRate = 0.25;
        optimizer.Step(weights, [-1]);
        Assert.Equal([0.75f], weights);
        Assert.Equal(0.5, optimizer.Rule.LearningRate.InitialValue);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Step_OfASlotThatFades_StoresZeroInsteadOfSubnormals(string backend)
    {
        using var optimizer = new Optimizer(new Sgd { Momentum = 0.5 }, TestBackends.Open(backend));
        var weights = new float[9];
        var gradients = new float[9];
        Array.Fill(gradients, -1);
        optimizer.Step(weights, gradients);
        Array.Clear(gradients);
        for (int i = 0; i < 125; i++)
        {
            Assert.All(optimizer.State.GetSlot("weights", "v"), v => Assert.True(float.IsNormal(v) || v == 0));
            optimizer.Step(weights, gradients);
        }
        Assert.All(optimizer.State.GetSlot("weights", "v"), v => Assert.Equal(0, v));
    }

    private static void AssertRefused<TException>(string message, Action action) where TException : Exception =>
        Assert.Contains(message, Assert.Throws<TException>(action).Message, StringComparison.Ordinal);

    private sealed unsafe class RefusingBackend : IBackend
    {
        public BackendKind Kind => BackendKind.Managed;

        public string Description => "refuses everything";

        public bool IsParallel => false;

        public bool Supports(NoptDtype dtype) => true;

        public IBackend OpenAnother() => new RefusingBackend();

        public int FindOptimizer(string name) => 0;

        public void Run(NoptOp* ops, long count) => throw new NativeOptException("refused");

        public void Dispose() { }
    }
}
