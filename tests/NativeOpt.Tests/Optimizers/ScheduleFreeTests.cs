using NativeOpt.Backends;
using NativeOpt.Backends.Managed;
using NativeOpt.Interop;
using NativeOpt.Training;
using Xunit;

namespace NativeOpt.Tests.Optimizers;

/// <summary>Slots that start as the weights, the average's weights, and the weights to evaluate with.</summary>
public class ScheduleFreeTests
{
    /// <summary>x and z written down as in the paper, in double.</summary>
    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void GetEvaluationWeights_UnderScheduleFreeSgd_AreTheWeightedAverageOfZ(string backend)
    {
        double[] rates = [0.1, 0.4, 0.2, 0.3, 0.4];
        var rule = new ScheduleFreeSgd { Beta1 = 0.75, WeightPower = 1, WeightDecay = 0.5 };
        using var optimizer = new Optimizer(rule, TestBackends.Open(backend));
        float[] weights = [3];
        (double x, double z, double sum, double largest) = (3, 3, 0, 0);
        foreach (double rate in rates)
        {
            double y = 0.25 * z + 0.75 * x;
            Assert.Equal(y, weights[0], 1e-5);
            optimizer.LearningRate = rate;
            optimizer.Step(weights, [2 * weights[0]]);
            largest = Math.Max(largest, rate);
            sum += largest;
            z -= rate * (2 * y + 0.5 * y);
            x += largest / sum * (z - x);
        }
        var evaluation = new float[1];
        optimizer.GetEvaluationWeights("weights", weights, evaluation);
        Assert.Equal(x, evaluation[0], 1e-5);
        Assert.Equal(z, optimizer.State.GetSlot("weights", "z")[0], 1e-5);
        Assert.Equal(sum, optimizer.State.Scalars["weight_sum"], 1e-12);
        Assert.Equal(largest, optimizer.State.Scalars["largest_learning_rate"], 1e-12);
    }

    /// <summary>Keras averages all steps alike, shrinks y, and warms up.</summary>
    [Fact]
    public void Step_OfScheduleFreeAdamWAsInKeras_FollowsItsFormula()
    {
        var rule = new ScheduleFreeAdamW { LearningRate = 0.1, WeightDecay = 0.5, WarmupSteps = 3 };
        using var optimizer = new Optimizer(rule, new ManagedBackend(), NoptDtype.F64);
        double[] weights = [3];
        (double y, double z, double v) = (3, 3, 0);
        for (int t = 1; t <= 6; t++)
        {
            double gradient = Math.Cos(t) + 0.25;
            optimizer.StepDouble(weights, [gradient]);
            y -= 0.1 * 0.5 * y;
            double x = (y - 0.1 * z) / 0.9;
            v = 0.999 * v + 0.001 * gradient * gradient;
            z -= 0.1 * Math.Min(t / 3.0, 1) * gradient / (Math.Sqrt(v / (1 - Math.Pow(0.999, t))) + 1e-8);
            x = (1 - 1.0 / t) * x + z / t;
            y = 0.1 * z + 0.9 * x;
            Assert.Equal(y, weights[0], 1e-12);
        }
    }

    [Fact]
    public void Step_WhileTheLearningRateIsZero_LeavesTheAverageToLaterSteps()
    {
        using var optimizer = new Optimizer(new ScheduleFreeSgd { LearningRate = 0 }, BackendKind.Managed);
        float[] weights = [3];
        optimizer.Step(weights, [1]);
        Assert.Equal([3f], weights);
        optimizer.LearningRate = 0.5;
        optimizer.Step(weights, [1]);
        Assert.Equal([2.5f], weights);
    }

    [Theory]
    [InlineData("schedule_free_sgd")]
    [InlineData("schedule_free_adamw")]
    [InlineData("madgrad")]
    public void State_CarriedToAnotherOptimizer_ContinuesWithTheSameBits(string rule)
    {
        using var first = new Optimizer(OptimizerRule.Parse(rule), BackendKind.Managed);
        float[] weights = [1, 2, 3];
        for (int i = 1; i <= 5; i++)
            first.Step(weights, [i, -i, 0.5f]);

        using var second = new Optimizer(OptimizerRule.Parse(rule), BackendKind.Managed);
        second.Register("copy", 3);
        foreach (string slot in first.State.SlotNames)
            second.State.SetSlot("copy", slot, first.State.GetSlot("weights", slot));
        foreach ((string name, double value) in first.State.Scalars)
            second.State.Scalars[name] = value;
        second.State.StepCount = first.State.StepCount;
        float[] continued = [.. weights];
        first.Step(weights, [1, 2, 3]);
        second.Step(continued, [1, 2, 3]);
        Assert.Equal(weights, continued);
    }

    /// <summary>A parameter that joins late starts at its own weights, not at 0.</summary>
    [Theory]
    [InlineData("schedule_free_sgd", "z")]
    [InlineData("madgrad", "x0")]
    public void Slot_OfAParameterThatJoinsLate_StartsAsItsWeights(string rule, string slot)
    {
        using var optimizer = new Optimizer(OptimizerRule.Parse(rule), BackendKind.Managed);
        optimizer.Register("early", 1);
        optimizer.Register("late", 1);
        float[] early = [1], late = [5];
        for (int i = 0; i < 2; i++)
            using (OptimizerStep step = optimizer.BeginStep())
            {
                step.Update("early", early, [1]);
                if (i == 1)
                    step.Update("late", late, [0]);
            }
        Assert.Equal([5f], optimizer.State.GetSlot("late", slot));
        Assert.Equal([5f], late);
    }

    [Fact]
    public void GetEvaluationWeights_OfAnArena_AreThoseOfTheSameStepsOnArrays()
    {
        using ParameterArena arena = ParameterArena.Create([("kernel", [2]), ("bias", [1])], NoptDtype.F32);
        using var optimizer = new Optimizer(new ScheduleFreeAdamW { LearningRate = 0.1 });
        using var backend = new ManagedBackend();
        using var plan = new StepPlan();
        using var alone = new Optimizer(optimizer.Rule, BackendKind.Managed);
        float[] weights = [4, -2];
        weights.CopyTo(arena.Parameters.AsSpan<float>());
        optimizer.Attach(arena, backend);
        optimizer.AddTo(plan);
        Assert.Equal([4f, -2f], optimizer.GetEvaluationWeights("kernel"));
        for (int i = 1; i <= 3; i++)
        {
            float[] gradients = [i, 1];
            gradients.CopyTo(arena.Gradients.AsSpan<float>());
            optimizer.PrepareStep();
            plan.Run(backend);
            optimizer.FinishStep();
            alone.Step(weights, gradients);
        }
        alone.GetEvaluationWeights("weights", weights, weights);
        Assert.Equal(weights, optimizer.GetEvaluationWeights("kernel"));
        Assert.NotEqual(weights, arena.Parameters.AsSpan<float>()[..2].ToArray());
    }

    [Fact]
    public void SetSlot_BeforeTheFirstStepOfAnArena_LetsOtherParametersStartAsTheirWeights()
    {
        using ParameterArena arena = ParameterArena.Create([("kernel", [1]), ("bias", [1])], NoptDtype.F32);
        using var optimizer = new Optimizer(new ScheduleFreeSgd());
        using var backend = new ManagedBackend();
        arena.Parameters.AsSpan<float>()[(int)arena.Ranges[1].Offset] = 7;
        optimizer.Attach(arena, backend);
        optimizer.State.SetSlot("kernel", "z", [3]);
        optimizer.PrepareStep();
        Assert.Equal([3f], optimizer.State.GetSlot("kernel", "z"));
        Assert.Equal([7f], optimizer.State.GetSlot("bias", "z"));
    }

    [Fact]
    public void GetEvaluationWeights_UnderOtherRules_AreTheWeights()
    {
        using var optimizer = new Optimizer(new Adam(), BackendKind.Managed);
        float[] weights = [1, 2];
        optimizer.Step(weights, [1, 1]);
        var evaluation = new float[2];
        optimizer.GetEvaluationWeights("weights", weights, evaluation);
        Assert.Equal(weights, evaluation);
        Assert.Contains("does not belong to a model",
            Assert.Throws<InvalidOperationException>(() => optimizer.GetEvaluationWeights("weights")).Message, StringComparison.Ordinal);
        Assert.Contains("evaluation has 3 elements, parameter 'weights' has 2",
            Assert.Throws<ArgumentException>(() => optimizer.GetEvaluationWeights("weights", weights, new float[3])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Yogi_StartsBothSlotsAtItsAccumulator()
    {
        using var optimizer = new Optimizer(new Yogi { InitialAccumulator = 0.25 }, BackendKind.Managed);
        optimizer.Register("w", 2);
        Assert.All(new[] { "m", "v" }, slot => Assert.Equal([0.25f, 0.25f], optimizer.State.GetSlot("w", slot)));
    }
}
