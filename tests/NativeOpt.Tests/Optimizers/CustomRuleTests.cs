using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Optimizers;

/// <summary>Rules that users write in C# do what built-in ones do, wherever these work.</summary>
public class CustomRuleTests
{
    private static readonly float[,] X = TestModels.Waves(12, 3);
    private static readonly float[,] Y = TestModels.Waves(12, 2, phase: 1);

    /// <summary>Shared settings that reach the gradients before the rule does.</summary>
    public static TheoryData<string, string> Pipelines
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string backend in TestBackends.Names)
                foreach (string settings in new[]
                {
                    "lr=0.1", "lr=0.1, clip_value=0.02, weight_decay=0.1, maximize=true",
                    "lr=exponential_decay(initial_learning_rate=0.1, decay_steps=2, decay_rate=0.5)",
                })
                    data.Add(backend, settings);
            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Pipelines))]
    public void Step_OnArrays_EqualsTheBuiltInRuleBitForBit(string backend, string settings)
    {
        (float[] expected, float[] expectedV) = Run(OptimizerRule.Parse($"sgd(momentum=0.9, {settings})"), backend);
        (float[] actual, float[] v) = Run(Own(settings), backend);

        Assert.Equal(expected, actual);
        Assert.Equal(expectedV, v);

        static (float[] Weights, float[] V) Run(OptimizerRule rule, string backend)
        {
            using var optimizer = new Optimizer(rule, TestBackends.Open(backend));
            float[] weights = Values(37, 0);
            for (int step = 1; step <= 6; step++)
                optimizer.Step(weights, Values(37, step));
            return (weights, optimizer.State.GetSlot("weights", "v"));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Pipelines))]
    public void Fit_EqualsTheBuiltInRuleBitForBit(string backend, string settings)
    {
        float[] expected = Run(OptimizerRule.Parse($"sgd(momentum=0.9, nesterov=true, {settings})"), backend);
        float[] actual = Run(Own($"ahead=true, {settings}"), backend);

        Assert.Equal(expected, actual);

        static float[] Run(OptimizerRule rule, string backend)
        {
            using Sequential model = Model(rule, backend);
            model.Fit(X, Y, epochs: 2, batchSize: 5);
            return [.. model.GetWeights().SelectMany(weights => weights.Cast<float>())];
        }
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void CoupledWeightDecay_IsInTheGradient(string backend)
    {
        const string Settings = "lr=0.1, momentum=0, weight_decay=0.3, convention=pytorch";
        using var own = new Optimizer(Own(Settings), TestBackends.Open(backend));
        using var builtIn = new Optimizer(OptimizerRule.Parse($"sgd({Settings})"), TestBackends.Open(backend));
        (float[] expected, float[] actual) = (Values(9, 0), Values(9, 0));
        own.Step(actual, Values(9, 1));
        builtIn.Step(expected, Values(9, 1));

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Step_InDouble_EqualsTheBuiltInRule()
    {
        double[] expected = Run(new Sgd { Momentum = 0.9 }), actual = Run(OwnMomentum.Registered());

        Assert.Equal(expected, actual);

        static double[] Run(OptimizerRule rule)
        {
            using var optimizer = new Optimizer(rule, TestBackends.Open("managed"), NoptDtype.F64);
            double[] weights = [1, 2, 1.0 / 3];
            for (int step = 0; step < 4; step++)
                optimizer.StepDouble(weights, [0.1, -step, 1.0 / 7]);
            return weights;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void InAMultiOptimizer_ItUpdatesItsShare(string backend)
    {
        OptimizerRule own = OwnMomentum.Registered();
        float[] expected = Run(new Sgd { Momentum = 0.9 }), actual = Run(own);

        Assert.Equal(expected, actual);

        float[] Run(OptimizerRule rule)
        {
            using Sequential model = Model(new MultiOptimizer(("*/kernel", rule), ("*", new Adam())), backend);
            model.Layers[0].Trainable = false;
            model.Compile(new MultiOptimizer(("*/kernel", rule), ("*", new Adam())), "mse", null, TestBackends.Open(backend));
            model.Fit(X, Y, epochs: 2, batchSize: 5);
            return [.. model.GetWeights().SelectMany(weights => weights.Cast<float>())];
        }
    }

    [Fact]
    public void TableOfWhichAStepTouchesSomeRows_IsUpdatedThere()
    {
        float[,] ids = { { 4, 0 }, { 1, 4 } };
        float[,] expected = Run(new Sgd { Momentum = 0.9 }), actual = Run(OwnMomentum.Registered());

        Assert.Equal(expected, actual);

        float[,] Run(OptimizerRule rule)
        {
            using var model = new Sequential(seed: 4) { new Embedding(7, 2, inputShape: 2), new Dense(1) };
            model.Compile(rule, "mse", null, TestBackends.Open("managed"));
            for (int i = 0; i < 3; i++)
                model.TrainOnBatch(ids, new float[,] { { 1 }, { -1 } });
            return model.GetWeights("embedding/embeddings");
        }
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void StepOverSeveralArrays_EqualsTheBuiltInRule(string backend)
    {
        float[][] expected = Run(new Sgd { Momentum = 0.9 }), actual = Run(OwnMomentum.Registered());

        Assert.Equal(expected, actual);

        float[][] Run(OptimizerRule rule)
        {
            using var optimizer = new Optimizer(rule, TestBackends.Open(backend));
            optimizer.Register("a", 2, 5);
            optimizer.Register("b", 3);
            float[][] weights = [Values(10, 0), Values(3, 1)];
            optimizer.Step(new ParameterUpdate("a", weights[0], Values(10, 2)), new ParameterUpdate("b", weights[1], Values(3, 3)));
            using (OptimizerStep step = optimizer.BeginStep())
                step.Update("b", weights[1], Values(3, 4));
            using (OptimizerStep step = optimizer.BeginStep())
            {
                step.Update("b", weights[1], Values(3, 5));
                step.Update("a", weights[0], Values(10, 6));
            }
            Assert.Equal(3, optimizer.StepCount);
            return weights;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void WhatUpdateThrows_LeavesFit_AndTheStepDoesNotCount(string backend)
    {
        using Sequential model = Model(new FailingRule("dense_1/kernel"), backend);

        var failure = Assert.Throws<NotSupportedException>(() => model.Fit(X, Y, batchSize: 5));

        Assert.Equal("not dense_1/kernel [5, 2]", failure.Message);
        Assert.Equal(0, model.Optimizer!.StepCount);
    }

    [Fact]
    public void SlotsStartAsDeclared_AndAreState()
    {
        using var optimizer = new Optimizer(new TwoSlots("a", "b"), BackendKind.Managed);
        float[] weights = [1, 2];
        optimizer.Step(weights, new float[2]);

        Assert.Equal([5, 7], weights);
        Assert.Equal(["a", "b"], optimizer.State.SlotNames);
        optimizer.State.SetSlot("weights", "a", [0, 1]);
        Assert.Equal([0, 1], optimizer.State.GetSlot("weights", "a"));
        optimizer.Step(weights, new float[2]);
        Assert.Equal([2, 5], weights);
    }

    [Fact]
    public void KeptNumbers_GoOnFromStepToStep()
    {
        using var optimizer = new Optimizer(Own("lr=0.5"), BackendKind.Managed);
        optimizer.Step(new float[1], new float[1]);
        optimizer.Step(new float[1], new float[1]);

        Assert.Equal(1, optimizer.State.Scalars["sum_of_rates"]);
    }

    [Fact]
    public void SettingThatFollowsASchedule_IsHeldToItsRange()
    {
        using var scheduled = new Optimizer(OwnMomentum.Registered(), BackendKind.Managed);
        using var builtIn = new Optimizer(new Sgd { Momentum = 0.9 }, BackendKind.Managed);
        scheduled.Schedules["mu"] = new LinearLR(0.8, 4) { StartFactor = 0.25 };
        builtIn.Schedules["momentum"] = new LinearLR(0.8, 4) { StartFactor = 0.25 };
        (float[] expected, float[] actual) = (Values(9, 0), Values(9, 0));
        for (int step = 1; step < 4; step++)
        {
            scheduled.Step(actual, Values(9, step));
            builtIn.Step(expected, Values(9, step));
        }

        Assert.Equal(expected, actual);
        Assert.Throws<ArgumentOutOfRangeException>(() => scheduled.Schedules["mu"] = new ConstantSchedule(2));
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void TrainingStep_AllocatesNothing(string backend)
    {
        using Sequential model = Model(OwnMomentum.Registered(), backend);

        AllocationMarks.AssertZeros(5, () =>
        {
            var marks = new AllocationMarks(12);
            var recorder = new ActionCallback { BatchBegin = (_, _) => marks.Mark(), BatchEnd = (_, _, _) => marks.Mark() };
            model.Fit(X, Y, batchSize: 2, callbacks: [recorder]);
            return marks.Differences().Where((_, index) => index % 2 == 0).Skip(1);
        });
    }

    [Fact]
    public void Text_IsReadAgain()
    {
        var rule = (OwnMomentum)Own("lr=0.5, mu=0.75, ahead=true");

        Assert.Equal((0.5, 0.75, true), (rule.LearningRate.InitialValue, rule.Momentum, rule.Ahead));
        Assert.Equal("own_momentum(learning_rate=0.5, momentum=0.75, ahead=true)", rule.ToString());
        Assert.Equal(rule, OptimizerRule.Parse(rule.ToString()));
        Assert.Contains("own_momentum", OptimizerRule.KnownNames);
        Assert.StartsWith("two_slots(learning_rate=1", new TwoSlots("a", "b").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatDoesNotFitTogether_IsRefused()
    {
        Assert.Contains("two slots 'a'", Refusal(() => new Optimizer(new TwoSlots("a", "a")).Dispose()), StringComparison.Ordinal);
        Assert.Contains("Slots[1] of two_slots", Refusal(() => new Optimizer(new TwoSlots("a", "")).Dispose()), StringComparison.Ordinal);
        Assert.Contains("Unnamed has no name", Refusal(() => new Optimizer(new Unnamed(null!, [])).Dispose()), StringComparison.Ordinal);
        Assert.Contains("Slots of a is null", Refusal(() => new Optimizer(new Unnamed("a", null!)).Dispose()), StringComparison.Ordinal);
        Assert.Contains("it needs one", Refusal(() => Own("mu=0, ahead=true")), StringComparison.Ordinal);
        Assert.Contains("did you mean 'momentum'", Refusal(() => Own("momentun=0.5")), StringComparison.Ordinal);
        Assert.Contains("did you mean 'own_momentum'", Refusal(() => OptimizerRule.Parse("own_momentun")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("adam", "there is an optimizer 'adam' already")]
    [InlineData("OWN_momentum", "there is an optimizer 'OWN_momentum' already")]
    [InlineData("a b", "letters, digits")]
    [InlineData(" ", "white")]
    public void Register_RefusesNamesThatCannotBeFound(string name, string message)
    {
        _ = OwnMomentum.Registered();

        Assert.Contains(message, Refusal(() => OptimizerRule.Register(name, () => new Adam())), StringComparison.Ordinal);
    }

    private static string Refusal(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;

    private static OptimizerRule Own(string settings)
    {
        _ = OwnMomentum.Registered();
        return OptimizerRule.Parse($"own_momentum({settings})");
    }

    private static Sequential Model(OptimizerRule rule, string backend)
    {
        var model = new Sequential(seed: 4) { new Dense(5, "tanh", inputShape: 3), new Dense(2) };
        model.Compile(rule, "mse", null, TestBackends.Open(backend));
        return model;
    }

    private static float[] Values(int count, int step) =>
        [.. Enumerable.Range(0, count).Select(i => MathF.Sin(i * 1.7f + step) / (step + 1))];
}
