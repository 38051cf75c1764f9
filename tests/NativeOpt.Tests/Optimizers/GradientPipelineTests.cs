using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Training;
using Xunit;

namespace NativeOpt.Tests.Optimizers;

/// <summary>What happens to gradients before a rule sees them, in which order, and to which parameters.</summary>
public class GradientPipelineTests
{
    /// <summary>Every option, and several together.</summary>
    private static readonly Dictionary<string, OptimizerRule> Options = new()
    {
        ["plain"] = new Adam(),
        ["unscaled"] = new Adam { LossScaleFactor = 8 },
        ["clip value"] = new Adam { ClipValue = 0.5 },
        ["clip norm"] = new Adam { ClipNorm = 0.5 },
        ["global norm"] = new Adam { GlobalClipNorm = 0.5 },
        ["global norm of order 3"] = new Adam { GlobalClipNorm = 0.5, ClipNormOrder = 3, Convention = Convention.PyTorch },
        ["largest element"] = new Adam { GlobalClipNorm = 0.5, ClipNormOrder = double.PositiveInfinity },
        ["adaptive"] = new Adam { AdaptiveClip = 0.05 },
        ["accumulating"] = new Adam { GradientAccumulationSteps = 3 },
        ["error"] = new Adam { NonFinite = NonFiniteGradients.Error },
        ["skip"] = new Adam { NonFinite = NonFiniteGradients.Skip },
        ["zero"] = new Adam { NonFinite = NonFiniteGradients.Zero },
        ["all with a norm"] = new AdamW
        {
            LossScaleFactor = 2, GradientAccumulationSteps = 2, GlobalClipNorm = 0.5, NonFinite = NonFiniteGradients.Skip, Maximize = true,
        },
        ["all, adaptive"] = new AdamW
        {
            LossScaleFactor = 2, GradientAccumulationSteps = 2, AdaptiveClip = 0.05, NonFinite = NonFiniteGradients.Zero,
            Convention = Convention.PyTorch,
        },
        ["several rules"] = new MultiOptimizer(
            ("dense/*", new Sgd { ClipNorm = 0.5 }), ("*/bias", new Sgd { AdaptiveClip = 0.05 }), ("*", new Nadam { GlobalClipNorm = 0.5 }))
        {
            GradientAccumulationSteps = 2,
        },
        ["several rules clipped together"] = new MultiOptimizer(("*/bias", new Sgd()), ("*", new Nadam())) { GlobalClipNorm = 0.5 },
    };

    private static readonly (string Name, int[] Shape)[] Tensors =
        [("dense/kernel", [3, 4]), ("dense/bias", [4]), ("dense_1/kernel", [4, 2]), ("dense_1/bias", [2])];

    public static IEnumerable<object[]> OptionsOnBackends =>
        from option in Options.Keys from backend in TestBackends.Names select new object[] { backend, option };

    [SkippableTheory]
    [MemberData(nameof(OptionsOnBackends))]
    public void Step_OnAnArena_EqualsTheStepOnArrays(string backend, string option)
    {
        OptimizerRule rule = Options[option];
        using IBackend opened = TestBackends.Open(backend);
        using ParameterArena arena = ParameterArena.Create(Tensors, NoptDtype.F32);
        using var inPlan = new Optimizer(DecayingEverything(rule));
        using var onArrays = new Optimizer(rule, TestBackends.Open(backend));
        using var plan = new StepPlan();
        inPlan.Attach(arena, opened);
        inPlan.AddTo(plan);
        Dictionary<string, float[]> weights = Tensors.ToDictionary(t => t.Name, t => Values(t.Name, 0));
        foreach (ParameterRange range in arena.Ranges)
        {
            onArrays.Register(range.Name, range.Shape);
            weights[range.Name].CopyTo(arena.Parameters.AsSpan<float>()[(int)range.Offset..]);
        }
        for (int step = 1; step <= 6; step++)
        {
            foreach (ParameterRange range in arena.Ranges)
                Values(range.Name, step).CopyTo(arena.Gradients.AsSpan<float>()[(int)range.Offset..]);
            inPlan.PrepareStep();
            plan.Run(opened);
            inPlan.FinishStep();
            onArrays.Step([.. Tensors.Select(t => new ParameterUpdate(t.Name, weights[t.Name], Values(t.Name, step)))]);
        }
        foreach (ParameterRange range in arena.Ranges)
            Assert.Equal(weights[range.Name], arena.Parameters.AsSpan<float>().Slice((int)range.Offset, (int)range.Count).ToArray());
        Assert.Equal(onArrays.LastGradientNorm, inPlan.LastGradientNorm);
        Assert.Equal(onArrays.StepCount, inPlan.StepCount);
    }

    [SkippableTheory]
    [MemberData(nameof(OptionsOnBackends))]
    public void Step_GivesTheSameBitsOnEveryBackend(string backend, string option)
    {
        Assert.Equal(Train(Options[option], "managed"), Train(Options[option], backend));
    }

    [SkippableTheory]
    [MemberData(nameof(OptionsOnBackends))]
    public void Step_AfterTheFirst_AllocatesNothing(string backend, string option)
    {
        using var optimizer = new Optimizer(Options[option], TestBackends.Open(backend));
        foreach ((string name, int[] shape) in Tensors)
            optimizer.Register(name, shape);
        ParameterUpdate[] updates = [.. Tensors.Select(t => new ParameterUpdate(t.Name, Values(t.Name, 0), Values(t.Name, 1)))];
        Assert.Equal(0, AllocationProbe.BytesOf(() => optimizer.Step(updates)));

        using IBackend opened = TestBackends.Open(backend);
        using ParameterArena arena = ParameterArena.Create(Tensors, NoptDtype.F32);
        using var onArena = new Optimizer(Options[option]);
        onArena.Attach(arena, opened);
        Assert.Equal(0, AllocationProbe.BytesOf(onArena.StepArena));
    }

    [Fact]
    public void Options_ComeInTheDocumentedOrder()
    {
        // Unscaled and averaged: (8, 6)/2. Clipped to the norm 1: (0.8, 0.6). Maximized, then coupled decay: (-0.8 + 0.1, -0.6 + 0.2).
        using var optimizer = new Optimizer(new Sgd
        {
            LearningRate = 1, LossScaleFactor = 2, GradientAccumulationSteps = 2, ClipNorm = 1, Maximize = true, WeightDecay = 0.1,
            Convention = Convention.PyTorch,
        }, BackendKind.Managed);
        float[] weights = [1, 2];
        optimizer.Step(weights, [6, 4]);
        optimizer.Step(weights, [10, 8]);
        Assert.Equal(5, optimizer.LastGradientNorm, 1e-12);
        Assert.Equal(1 + 0.7f, weights[0], 1e-6f);
        Assert.Equal(2 + 0.4f, weights[1], 1e-6f);
    }

    /// <summary>A penalty of 0.5 w^2 at w = 2, where the loss has gradient 0: its gradient is 2, and clipped with the others.</summary>
    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Penalty_IsAPartOfTheGradientThatIsClipped_OnceAnUpdate(string backend)
    {
        foreach (OptimizerRule rule in new[]
        {
            new Sgd { ClipNorm = 1 }, new Sgd { GlobalClipNorm = 1, GradientAccumulationSteps = 2 }, new Sgd { ClipValue = 1 },
            new Sgd { AdaptiveClip = 0.5 },
        })
        {
            using Sequential model = Build(rule, x: 1);
            Assert.Equal(1, model.GetWeights("dense/kernel")[0, 0], 1e-6f);
            if (rule.ClipSettings.NeedsNorms)
                Assert.Equal(2, model.Optimizer!.LastGradientNorm, 1e-6);
        }
        using Sequential broken = Build(new Sgd { ClipNorm = 1 }, x: float.NaN);
        Assert.Equal(float.NaN, broken.GetWeights("dense/kernel")[0, 0]);

        Sequential Build(OptimizerRule rule, float x)
        {
            var model = new Sequential(new Dense(1, useBias: false, inputShape: 1, kernelRegularizer: "l2(0.5)"));
            model.Build(1);
            model.SetWeights("dense/kernel", new float[,] { { 2 } });
            model.Compile(rule with { LearningRate = 1 }, "mse", null, TestBackends.Open(backend));
            int rows = rule.GradientAccumulationSteps ?? 1;
            float[,] inputs = new float[rows, 1], targets = new float[rows, 1];
            for (int row = 0; row < rows; row++)
                (inputs[row, 0], targets[row, 0]) = (x, 2 * x);
            model.Fit(inputs, targets, epochs: 1, batchSize: 1, shuffle: false);
            return model;
        }
    }

    /// <summary>Gradients of 0: what is left of a weight shows whether it decays.</summary>
    [Theory]
    [InlineData("sgd(weight_decay=0.5)", false)]
    [InlineData("sgd(weight_decay=0.5,convention=pytorch)", false)]
    [InlineData("schedule_free_sgd(weight_decay=0.5)", false)]
    [InlineData("sgd(weight_decay=0.5,weight_decay_exclude=none)", true)]
    [InlineData("adamw(weight_decay=0.5,weight_decay_exclude=*kernel|x)", true)]
    public void WeightDecay_InModels_LeavesBiasesAloneUnlessTheRuleSaysOtherwise(string text, bool decaysBias)
    {
        using var model = new Sequential(new Dense(1, inputShape: 1));
        model.Compile(OptimizerRule.Parse(text) with { LearningRate = 0.5 }, "mse");
        model.SetWeights("dense/kernel", new float[,] { { 1 } });
        model.SetWeights("dense/bias", new float[,] { { 1 } });
        model.ZeroGradients();
        model.Optimizer!.Step(model);
        Assert.Equal(decaysBias, model.GetWeights("dense/bias")[0, 0] != 1);
        Assert.Equal(!text.Contains("kernel", StringComparison.Ordinal), model.GetWeights("dense/kernel")[0, 0] != 1);
    }

    [Fact]
    public void WeightDecay_OfTheCallersArrays_DecaysAllThatNoPatternNames()
    {
        using var all = new Optimizer(new Sgd { LearningRate = 0.5, WeightDecay = 0.5 }, BackendKind.Managed);
        using var some = new Optimizer(
            new Sgd { LearningRate = 0.5, WeightDecay = 0.5, WeightDecayExclude = ["*/bias"] }, BackendKind.Managed);
        foreach (Optimizer optimizer in new[] { all, some })
        {
            optimizer.Register("a/bias", 1);
            optimizer.Register("a/kernel", 1);
            float[] bias = [1], kernel = [1];
            optimizer.Step(new ParameterUpdate("a/bias", bias, new float[1]), new ParameterUpdate("a/kernel", kernel, new float[1]));
            Assert.Equal((optimizer == all ? 0.75f : 1f, 0.75f), (bias[0], kernel[0]));
        }
        Assert.Equal(["*/bias", "*/gamma", "*/beta"], OptimizerRule.DefaultWeightDecayExclude);
        Assert.Throws<ArgumentException>(() => new Sgd { WeightDecayExclude = [" "] });
        Assert.Equal(new Sgd { WeightDecayExclude = ["a"] }, new Sgd { WeightDecayExclude = ["a"] });
    }

    /// <summary>A rule without decay and one whose decay excludes everything: every rule and convention.</summary>
    [Fact]
    public void WeightDecay_ThatExcludesEverything_IsNoDecay()
    {
        foreach ((string name, OptimizerRule rule) in StepCases.Rules)
        {
            float[] expected = Values("x", 0), weights = Values("x", 0);
            using var without = new Optimizer(rule with { WeightDecay = 0 }, BackendKind.Managed);
            using var excluding = new Optimizer(rule with { WeightDecay = 0.3, WeightDecayExclude = ["*"] }, BackendKind.Managed);
            for (int step = 1; step <= 3; step++)
            {
                without.Step(expected, Values("x", step));
                excluding.Step(weights, Values("x", step));
            }
            Assert.True(expected.SequenceEqual(weights), name);
        }
    }

    [Fact]
    public void Schedules_OfLimits_AreThoseOfEachStep()
    {
        using var optimizer = new Optimizer(new Sgd { LearningRate = 1, ClipNorm = 1 }, BackendKind.Managed);
        optimizer.Schedules["clip_norm"] = new LambdaSchedule(t => t + 1);
        float[] weights = [0];
        optimizer.Step(weights, [10]);
        optimizer.Step(weights, [10]);
        Assert.Equal(-3, weights[0], 1e-6f);
        using var plain = new Optimizer(new Sgd(), BackendKind.Managed);
        Assert.Contains("which switches a part", Assert.Throws<ArgumentException>(
            () => plain.Schedules["clip_norm"] = new ConstantSchedule(1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_ThatContradict_AreRefusedWithTheReason()
    {
        AssertRefused("ClipValue and ClipNorm are set; gradients are clipped in one way only", new Sgd { ClipValue = 1, ClipNorm = 1 });
        AssertRefused("ClipNorm and GlobalClipNorm and AdaptiveClip are set",
            new Adam { ClipNorm = 1, GlobalClipNorm = 1, AdaptiveClip = 1 });
        AssertRefused("MaxSkippedSteps is 3 and NonFinite is Error; it is for NonFinite = Skip",
            new Adam { MaxSkippedSteps = 3, NonFinite = NonFiniteGradients.Error });
        AssertRefused("The MultiOptimizer clips gradients and so does its rule for 'a'",
            new MultiOptimizer(("a", new Sgd { ClipValue = 1 }), ("*", new Sgd())) { GlobalClipNorm = 1 });
        AssertRefused("The rule for '*' sets GradientAccumulationSteps, which concerns the whole step; set it on the MultiOptimizer",
            new MultiOptimizer(("*", new Sgd { GradientAccumulationSteps = 2 })));
        AssertRefused("sets LossScaleFactor", new MultiOptimizer(("*", new Sgd { LossScaleFactor = 2 })));
        AssertRefused("sets NonFinite", new MultiOptimizer(("*", new Sgd { NonFinite = NonFiniteGradients.Zero })));
        Assert.Contains("are set", Assert.Throws<ArgumentException>(() => OptimizerRule.Parse("sgd(clipnorm=1,clipvalue=1)")).Message,
            StringComparison.Ordinal);
    }

    private static void AssertRefused(string message, OptimizerRule rule) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => new Optimizer(rule)).Message, StringComparison.Ordinal);

    /// <summary>What the caller's arrays do, in a model.</summary>
    private static OptimizerRule DecayingEverything(OptimizerRule rule)
    {
        OptimizerRule decaying = rule with { WeightDecayExclude = [] };
        if (rule is MultiOptimizer multi)
            decaying = new MultiOptimizer(multi.Rules.Select(entry => (entry.Pattern, DecayingEverything(entry.Rule))))
            {
                GradientAccumulationSteps = multi.GradientAccumulationSteps,
                GlobalClipNorm = multi.GlobalClipNorm,
            };
        return decaying;
    }

    private static float[] Train(OptimizerRule rule, string backend)
    {
        using var optimizer = new Optimizer(rule, TestBackends.Open(backend, threads: 2));
        float[][] weights = [.. Tensors.Select(t => Values(t.Name, 0)), Many(40_001, 0)];
        foreach ((string name, int[] shape) in Tensors)
            optimizer.Register(name, shape);
        optimizer.Register("large", 40_001);
        for (int step = 1; step <= 5; step++)
            optimizer.Step(
            [
                .. Tensors.Select((t, i) => new ParameterUpdate(t.Name, weights[i], Values(t.Name, step))),
                new("large", weights[^1], Many(40_001, step)),
            ]);
        return [.. weights.SelectMany(w => w)];
    }

    private static float[] Many(int count, int step) => [.. Enumerable.Range(0, count).Select(i => MathF.Cos(i * 1.1f + 3 * step) * 0.01f)];

    private static float[] Values(string name, int step)
    {
        int length = Tensors.FirstOrDefault(t => t.Name == name).Shape?.Aggregate(1, (a, b) => a * b) ?? 5;
        return [.. Enumerable.Range(0, length).Select(i => MathF.Cos(i + 3 * step + name.Length) + 0.25f)];
    }
}
