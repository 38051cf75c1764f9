using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Training;
using Xunit;

namespace NativeOpt.Tests.Optimizers;

/// <summary>Steps in bulk: no allocation, many threads, a model's arena.</summary>
public class OptimizerRunTests
{
    public static TheoryData<string, string> BackendsAndRules
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string backend in TestBackends.All)
                foreach (string rule in StepCases.LocalRuleNames)
                    data.Add(backend, rule);
            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(BackendsAndRules))]
    public void Step_AfterTheFirst_AllocatesNothing(string backend, string rule)
    {
        using var optimizer = new Optimizer(StepCases.Rules[rule], TestBackends.Open(backend));
        OptimizerParameter a = optimizer.Register("a", 100);
        optimizer.Register("b", 7);
        float[] weights = new float[107], gradients = new float[107];
        Assert.Equal(0, AllocationProbe.BytesOf(() =>
        {
            using OptimizerStep step = optimizer.BeginStep();
            step.Update(a, weights.AsSpan(0, 100), gradients.AsSpan(0, 100));
            step.Update("b", weights.AsSpan(100), gradients.AsSpan(100));
        }));
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Step_OnOneArray_AllocatesNothing(string backend)
    {
        using var optimizer = new Optimizer(new Adam(), TestBackends.Open(backend));
        float[] weights = new float[1000], gradients = new float[1000];
        Assert.Equal(0, AllocationProbe.BytesOf(() => optimizer.Step(weights, gradients)));
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Step_OnEightThreads_GivesWhatOneThreadGives(string backend)
    {
        string[] rules = [.. StepCases.RuleNames.Take(8)];
        float[][] serial = Array.ConvertAll(rules, rule => Train(backend, StepCases.Rules[rule]));
        var parallel = new float[rules.Length][];
        var failures = new Exception?[rules.Length];
        Thread[] threads = [.. rules.Select((rule, i) => new Thread(() =>
        {
            try
            {
                parallel[i] = Train(backend, StepCases.Rules[rule]);
            }
            catch (Exception exception)
            {
                failures[i] = exception;
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(failures, Assert.Null);
        Assert.Equal(serial, parallel);
    }

    /// <summary>The arena has gaps between its tensors; a rule without epsilon would put NaN there if it touched them.</summary>
    [SkippableTheory]
    [MemberData(nameof(BackendsAndRules))]
    public void Step_OnAnArena_EqualsStepsOnTheArraysAndLeavesTheGaps(string backend, string rule)
    {
        OptimizerRule settings = StepCases.Rules[rule] switch
        {
            RMSprop { Centered: false } rmsprop => rmsprop with { Epsilon = 0 },
            Adam adam => adam with { Epsilon = 0 },
            AdamW adam => adam with { Epsilon = 0 },
            Adamax adamax => adamax with { Epsilon = 0 },
            Nadam nadam => nadam with { Epsilon = 0 },
            AdaBelief adabelief => adabelief with { Epsilon = 0, EpsilonRoot = 0 },
            Adan adan => adan with { Epsilon = 0, EpsilonRoot = 0 },
            AdEMAMix ademamix => ademamix with { Epsilon = 0, EpsilonRoot = 0 },
            OptimisticAdam optimistic => optimistic with { Epsilon = 0 },
            AmsGrad amsgrad => amsgrad with { Epsilon = 0, EpsilonRoot = 0 },
            Yogi yogi => yogi with { Epsilon = 0 },
            ScheduleFreeAdamW adamw => adamw with { Epsilon = 0 },
            OptimizerRule other => other,
        };
        using IBackend opened = TestBackends.Open(backend);
        using ParameterArena arena = ParameterArena.Create([("kernel", [5, 3]), ("bias", [3]), ("last", [16])], NoptDtype.F32);
        using var optimizer = new Optimizer(settings);
        using var plan = new StepPlan();
        optimizer.Attach(arena, opened);
        optimizer.AddTo(plan);
        using var alone = new Optimizer(settings, TestBackends.Open(backend));
        float[] expected = Fill(arena.Ranges[1], arena.Parameters);
        Fill(arena.Ranges[0], arena.Parameters);
        for (int i = 1; i <= 4; i++)
        {
            float[] gradients = Fill(arena.Ranges[1], arena.Gradients, i);
            Fill(arena.Ranges[0], arena.Gradients, i);
            Fill(arena.Ranges[2], arena.Gradients, i);
            optimizer.PrepareStep();
            plan.Run(opened);
            optimizer.FinishStep();
            alone.Step(expected, gradients);
        }
        Assert.Equal(4, optimizer.StepCount);
        Assert.Equal(expected, arena.Parameters.AsSpan<float>().Slice(16, 3).ToArray());
        Assert.Equal(["kernel", "bias", "last"], optimizer.State.ParameterNames);
        foreach (string slot in alone.State.SlotNames)
            Assert.Equal(alone.State.GetSlot("weights", slot), optimizer.State.GetSlot("bias", slot));
        foreach (int gap in new[] { 15, 19, 31 })
            Assert.Equal(0, arena.Parameters.AsSpan<float>()[gap]);
    }

    [Fact]
    public void Attach_OfAnOptimizerInUse_IsRefused()
    {
        using IBackend backend = NativeOptRuntime.OpenBackend(BackendKind.Managed);
        using ParameterArena arena = ParameterArena.Create([("w", [4])], NoptDtype.F32);
        using ParameterArena second = ParameterArena.Create([("w", [4])], NoptDtype.F32);
        using var optimizer = new Optimizer(new Adam(), BackendKind.Managed);
        optimizer.Attach(arena, backend);
        optimizer.Attach(arena, backend);
        Assert.Throws<InvalidOperationException>(() => optimizer.Attach(second, backend));
        Assert.Throws<InvalidOperationException>(() => optimizer.Step(new float[4], new float[4]));
        Assert.Throws<InvalidOperationException>(() => optimizer.Register("b", 4));
        Assert.Throws<InvalidOperationException>(() => { optimizer.BeginStep(); });

        using var own = new Optimizer(new Adam(), BackendKind.Managed);
        own.Step(new float[4], new float[4]);
        Assert.Throws<InvalidOperationException>(() => own.Attach(arena, backend));
        using var plan = new StepPlan();
        Assert.Throws<InvalidOperationException>(() => own.AddTo(plan));
    }

    /// <summary>Writes numbers that depend on position and step, and returns them.</summary>
    private static float[] Fill(ParameterRange range, AlignedBuffer buffer, int step = 0)
    {
        var values = new float[range.Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = MathF.Cos(i + 3 * step) + 0.25f;
        values.CopyTo(buffer.AsSpan<float>()[(int)range.Offset..]);
        return values;
    }

    /// <summary>50 steps on 20000 elements: enough for the native core to share the work.</summary>
    private static float[] Train(string backend, OptimizerRule rule)
    {
        using var optimizer = new Optimizer(rule, TestBackends.Open(backend, threads: 2));
        float[] weights = new float[20_000], gradients = new float[20_000];
        for (int step = 0; step < 50; step++)
        {
            for (int i = 0; i < weights.Length; i++)
                gradients[i] = weights[i] - i % 7 + step % 3;
            optimizer.Step(weights, gradients);
        }
        return weights;
    }
}
