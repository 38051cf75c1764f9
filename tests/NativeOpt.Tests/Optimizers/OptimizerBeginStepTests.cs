using Xunit;

namespace NativeOpt.Tests.Optimizers;

/// <summary>Steps over several registered parameters.</summary>
public class OptimizerBeginStepTests
{
    private static Optimizer Create() => new(new Adam { LearningRate = 0.1 }, BackendKind.Managed);

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void BeginStep_OverTwoParameters_CountsOnceAndEqualsSeparateOptimizers(string backend)
    {
        using var both = new Optimizer(new Adam(), TestBackends.Open(backend));
        using var alone = new Optimizer(new Adam(), TestBackends.Open(backend));
        OptimizerParameter a = both.Register("a", 3);
        both.Register("b", 2, 2);
        float[] weightsOfA = [1, 2, 3], weightsOfB = [4, 5, 6, 7], expected = [1, 2, 3];
        for (int i = 1; i <= 5; i++)
        {
            using (OptimizerStep step = both.BeginStep())
            {
                step.Update("b", weightsOfB, [1, -1, i, 0]);
                step.Update(a, weightsOfA, [i, 1, -1]);
            }
            alone.Step(expected, [i, 1, -1]);
            Assert.Equal(i, both.StepCount);
        }
        Assert.Equal(expected, weightsOfA);
        Assert.NotEqual(4, weightsOfB[0]);
        Assert.Equal(7, weightsOfB[3]);
    }

    [Fact]
    public void Dispose_OfAStepWithoutUpdates_DoesNotCount()
    {
        using Optimizer optimizer = Create();
        optimizer.Register("a", 1);
        using (optimizer.BeginStep())
        {
        }
        Assert.Equal(0, optimizer.StepCount);
    }

    [Fact]
    public void Update_LeavingAParameterOut_KeepsItsWeightsAndSlots()
    {
        using Optimizer optimizer = Create();
        optimizer.Register("a", 1);
        optimizer.Register("b", 1);
        using (OptimizerStep step = optimizer.BeginStep())
            step.Update("a", [1], [1]);
        Assert.Equal(1, optimizer.StepCount);
        Assert.NotEqual([0f], optimizer.State.GetSlot("a", "m"));
        Assert.Equal([0f], optimizer.State.GetSlot("b", "m"));
    }

    [Fact]
    public void Update_OfTheSameParameterTwice_IsRefusedAndTheFirstStays()
    {
        using Optimizer optimizer = Create();
        optimizer.Register("a", 1);
        float[] weights = [1];
        float afterFirst;
        using (OptimizerStep step = optimizer.BeginStep())
        {
            step.Update("a", weights, [1]);
            afterFirst = weights[0];
            string message = string.Empty;
            try
            {
                step.Update("a", weights, [1]);
            }
            catch (InvalidOperationException exception)
            {
                message = exception.Message;
            }
            Assert.Equal("Parameter 'a' was updated in this step already.", message);
        }
        Assert.Equal(afterFirst, weights[0]);
        Assert.Equal(1, optimizer.StepCount);
    }

    [Fact]
    public void Update_WithWrongArguments_SaysWhich()
    {
        using Optimizer optimizer = Create();
        using Optimizer other = Create();
        OptimizerParameter foreign = other.Register("a", 1);
        optimizer.Register("kernel", 1);
        AssertUpdateThrows<ArgumentException>(optimizer, "unknown parameter 'kernle'; did you mean 'kernel'? Known: kernel",
            (in OptimizerStep step) => step.Update("kernle", [1], [1]));
        AssertUpdateThrows<ArgumentException>(optimizer, "Parameter 'a' is registered with another optimizer.",
            (in OptimizerStep step) => step.Update(foreign, [1], [1]));
        AssertUpdateThrows<ArgumentException>(optimizer, "weights has 2 elements, parameter 'kernel' has 1.",
            (in OptimizerStep step) => step.Update("kernel", [1, 2], [1]));
        AssertUpdateThrows<ArgumentException>(optimizer, "gradients has 0 elements, parameter 'kernel' has 1.",
            (in OptimizerStep step) => step.Update("kernel", [1], []));
        AssertUpdateThrows<ArgumentNullException>(optimizer, "(Parameter 'name')",
            (in OptimizerStep step) => step.Update((string)null!, [1], [1]));
        AssertUpdateThrows<ArgumentNullException>(optimizer, "(Parameter 'parameter')",
            (in OptimizerStep step) => step.Update((OptimizerParameter)null!, [1], [1]));
        Assert.Equal(0, optimizer.StepCount);
    }

    [Fact]
    public void Update_AfterTheStep_IsRefused()
    {
        using Optimizer optimizer = Create();
        optimizer.Register("a", 1);
        OptimizerStep over = optimizer.BeginStep();
        over.Dispose();
        over.Dispose();
        AssertThrows<InvalidOperationException>("This step is over", over, (in OptimizerStep step) => step.Update("a", [1], [1]));
        AssertThrows<InvalidOperationException>("not opened by Optimizer.BeginStep", default,
            (in OptimizerStep step) => step.Update("a", [1], [1]));
        using (OptimizerStep next = optimizer.BeginStep())
        {
            over.Dispose(); // Of an earlier step: does not end this one.
            next.Update("a", [1], [1]);
        }
        Assert.Equal(1, optimizer.StepCount);
    }

    [Fact]
    public void OpenStep_KeepsOthersAndSettingsAway()
    {
        using Optimizer optimizer = Create();
        optimizer.Register("a", 1);
        using OptimizerStep step = optimizer.BeginStep();
        Assert.Throws<InvalidOperationException>(() => { optimizer.BeginStep(); });
        Assert.Throws<InvalidOperationException>(() => optimizer.Step([1], [1]));
        Assert.Throws<InvalidOperationException>(() => optimizer.LearningRate = 1);
        Assert.Throws<InvalidOperationException>(() => optimizer.State.StepCount = 1);
        Assert.Throws<InvalidOperationException>(() => optimizer.State.SetSlot("a", "m", [1]));
        step.Update("a", [1], [1]);
    }

    [Fact]
    public void Dispose_OfTheOptimizerInAStep_LetsTheStepEndQuietly()
    {
        Optimizer optimizer = Create();
        optimizer.Register("a", 1);
        OptimizerStep step = optimizer.BeginStep();
        optimizer.Dispose();
        AssertThrows<ObjectDisposedException>("Optimizer", step, (in OptimizerStep open) => open.Update("a", [1], [1]));
        step.Dispose();
        Assert.Equal(0, optimizer.StepCount);
    }

    private delegate void StepAction(in OptimizerStep step);

    private static void AssertUpdateThrows<TException>(Optimizer optimizer, string message, StepAction action) where TException : Exception
    {
        using OptimizerStep step = optimizer.BeginStep();
        AssertThrows<TException>(message, step, action);
    }

    /// <summary>A step is a ref struct, which no lambda may capture.</summary>
    private static void AssertThrows<TException>(string message, in OptimizerStep step, StepAction action) where TException : Exception
    {
        Exception? caught = null;
        try
        {
            action(step);
        }
        catch (TException exception)
        {
            caught = exception;
        }
        Assert.NotNull(caught);
        Assert.IsType<TException>(caught);
        Assert.Contains(message, caught.Message, StringComparison.Ordinal);
    }
}
