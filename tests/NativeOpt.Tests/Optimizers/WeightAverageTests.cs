using FsCheck;
using FsCheck.Fluent;
using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Optimizers;

/// <summary>Exponential averages of weights: Keras' use_ema.</summary>
public class WeightAverageTests
{
    private static readonly Sgd Rule = new() { LearningRate = 0.5, UseEma = true, EmaMomentum = 0.75 };

    private static readonly Gen<float[]> Weights =
        Gen.Choose(-1_000_000, 1_000_000).Select(n => n / 997f).NonEmptyListOf().Select(list => list.ToArray());

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Average_StartsAsTheWeights_AndFollowsThem(string backend)
    {
        using var optimizer = new Optimizer(Rule, TestBackends.Open(backend));
        float[] weights = Waves(37), average = new float[37], evaluation = new float[37];
        for (int step = 1; step <= 5; step++)
        {
            optimizer.Step(weights, Waves(37, step));
            for (int i = 0; i < average.Length; i++)
            {
                float kept = 0.75f * average[i], added = 0.25f * weights[i];
                average[i] = step == 1 ? weights[i] : kept + added;
            }
            Assert.Equal(average, optimizer.GetAverageWeights("weights"));
            optimizer.GetEvaluationWeights("weights", weights, evaluation);
            Assert.Equal(average, evaluation);
        }
        Assert.Equal(["average"], optimizer.State.SlotNames);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void OverwriteFrequency_WritesTheAverageIntoTheWeights(string backend)
    {
        using var optimizer = new Optimizer(Rule with { EmaOverwriteFrequency = 2 }, TestBackends.Open(backend));
        float[] weights = [1];
        optimizer.Step(weights, [1]);
        Assert.Equal(0.5f, weights[0]);
        optimizer.Step(weights, [1]);
        // The step leads to 0, and the average of 0.5 and 0 is 0.375.
        Assert.Equal(0.375f, weights[0]);
        optimizer.Step(weights, [1]);
        Assert.Equal(-0.125f, weights[0]);
        Assert.Equal(0.25f, optimizer.GetAverageWeights("weights")[0]);
    }

    [Fact]
    public void Average_OfConstantWeights_IsConstant() => Prop.ForAll(Weights.ToArbitrary(), weights =>
    {
        using var optimizer = new Optimizer(new Sgd { LearningRate = 0, UseEma = true }, BackendKind.Managed);
        for (int i = 0; i < 20; i++)
            optimizer.Step(weights, new float[weights.Length]);
        return weights.Zip(optimizer.GetAverageWeights("weights")).All(pair =>
            Math.Abs(pair.First - pair.Second) <= 20 * 6e-8f * Math.Abs(pair.First));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Average_InTheStateOfAnotherOptimizer_GoesOnFromThere()
    {
        float[] weights = Waves(5), copy = Waves(5);
        using var first = new Optimizer(Rule, BackendKind.Managed);
        using var second = new Optimizer(Rule, BackendKind.Managed);
        first.Step(weights, Waves(5, 1));
        weights.CopyTo(copy, 0);
        second.Register("weights", 5);
        second.State.StepCount = first.State.StepCount;
        second.State.SetSlot("weights", "average", first.State.GetSlot("weights", "average"));
        first.Step(weights, Waves(5, 2));
        second.Step(copy, Waves(5, 2));
        Assert.Equal(first.GetAverageWeights("weights"), second.GetAverageWeights("weights"));
    }

    [Fact]
    public void Average_WhereGradientsAccumulate_GoesByMicroStepsAsInKeras_OrByUpdates()
    {
        foreach (bool microSteps in new[] { true, false })
        {
            OptimizerRule rule = Rule with { GradientAccumulationSteps = 2, ScheduleMicroSteps = microSteps };
            using var optimizer = new Optimizer(rule, BackendKind.Managed);
            float[] weights = [1];
            for (int i = 0; i < 4; i++)
                optimizer.Step(weights, [1]);
            // Weights after the micro-steps: 1, 0.5, 0.5, 0.
            double expected = microSteps ? Mean(Mean(Mean(1, 0.5), 0.5), 0) : Mean(0.5, 0);
            Assert.Equal(expected, optimizer.GetAverageWeights("weights")[0], 1e-7);
        }

        static double Mean(double average, double w) => 0.75 * average + 0.25 * w;
    }

    [Fact]
    public void MultiOptimizer_KeepsTheAveragesOfItsRules_OrOfAll()
    {
        using var some = new Optimizer(new MultiOptimizer(("a", Rule), ("*", new Sgd())), BackendKind.Managed);
        using var all = new Optimizer(
            new MultiOptimizer(("a", new Sgd()), ("*", new Sgd())) { UseEma = true, EmaMomentum = 0.5 }, BackendKind.Managed);
        foreach (Optimizer optimizer in new[] { some, all })
        {
            optimizer.Register("a", 1);
            optimizer.Register("b", 1);
            float[] a = [1], b = [2];
            optimizer.Step(new ParameterUpdate("a", a, new float[] { 1 }), new ParameterUpdate("b", b, new float[] { 1 }));
            Assert.Equal(a, optimizer.GetAverageWeights("a"));
        }
        Assert.Contains("keeps no average of the weights; set UseEma",
            Assert.Throws<InvalidOperationException>(() => some.GetAverageWeights("b")).Message, StringComparison.Ordinal);
        Assert.Equal([1.99f], all.GetAverageWeights("b"));
    }

    [Fact]
    public void Settings_AreReadFromText_AndRefusedOutsideTheirRanges()
    {
        var rule = (Sgd)OptimizerRule.Parse("sgd(use_ema=true, ema_momentum=0.9, ema_overwrite_frequency=5)");
        Assert.True(rule is { UseEma: true, EmaMomentum: 0.9, EmaOverwriteFrequency: 5 });
        Assert.Equal(rule, OptimizerRule.Parse(rule.ToString()));
        AssertRefused("EmaMomentum is 1.5; it must be at least 0 and at most 1", () => _ = new Sgd { EmaMomentum = 1.5 });
        AssertRefused("EmaOverwriteFrequency is 0", () => _ = new Sgd { EmaOverwriteFrequency = 0 });
        AssertRefused("EmaOverwriteFrequency is 2 and UseEma is false", () => _ = new Optimizer(new Sgd { EmaOverwriteFrequency = 2 }));
        using var optimizer = new Optimizer(Rule, BackendKind.Managed);
        optimizer.Register("w", 1);
        AssertRefused("There is no average of 'w' before the first step", () => optimizer.GetAverageWeights("w"));
        AssertRefused("does not belong to a model", optimizer.SwapAverageWeights);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Fit_EndsWithTheAverages(string backend)
    {
        using Sequential model = TestModels.Digits(TestBackends.Open(backend), new Adam { UseEma = true, EmaMomentum = 0.9 });
        double[] average = [];
        var recorder = new ActionCallback
        {
            BatchEnd = (_, _, _) =>
            {
                double[] w = TestModels.Parameters(model);
                average = average.Length == 0 ? w : [.. average.Zip(w, (a, v) => 0.9 * a + 0.1 * v)];
            },
        };
        model.Fit(DigitsData.Rows(0, 96), epochs: 2, batchSize: 32, callbacks: [recorder]);
        Assert.All(average.Zip(TestModels.Parameters(model)), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.Equal(TestModels.Parameter(model, "dense/bias").Select(w => (float)w), model.Optimizer!.GetEvaluationWeights("dense/bias"));
    }

    [Fact]
    public void SwapAverageWeights_ExchangesThemAndBack_AndHoldsStepsBack()
    {
        using Sequential model = TestModels.Digits(new Sgd { LearningRate = 0.1, UseEma = true });
        InMemoryDataset data = DigitsData.Rows(0, 32);
        Optimizer optimizer = model.Optimizer!;
        AssertRefused("There is no average before the first step", optimizer.SwapAverageWeights);
        for (int i = 0; i < 3; i++)
            model.TrainOnBatch(data.X, data.Y);
        double[] weights = TestModels.Parameters(model);
        optimizer.SwapAverageWeights();
        Assert.True(optimizer.HasAveragesInModel);
        double[] averages = TestModels.Parameters(model);
        Assert.NotEqual(weights, averages);
        AssertRefused("The averages are in the model; bring back the weights with SwapAverageWeights first",
            () => model.TrainOnBatch(data.X, data.Y));
        optimizer.SwapAverageWeights();
        Assert.Equal(weights, TestModels.Parameters(model));
        optimizer.TakeAverageWeights();
        Assert.Equal(averages, TestModels.Parameters(model));
        model.TrainOnBatch(data.X, data.Y);
    }

    [Fact]
    public void Constraints_ComeAfterTheAverage()
    {
        using var model = new Sequential(seed: 1) { new Dense(1, inputShape: 1, useBias: false, kernelConstraint: "max_norm(0.125)") };
        model.Compile(new Sgd { LearningRate = 1, UseEma = true }, "mse", backend: BackendKind.Managed);
        model.SetWeights("dense/kernel", new float[,] { { 3 } });
        // A gradient of 0: the step keeps 3, which is averaged and then shortened.
        model.TrainOnBatch(new float[,] { { 0 } }, new float[,] { { 0 } });
        Assert.Equal(3, model.Optimizer!.GetAverageWeights("dense/kernel")[0]);
        Assert.Equal(0.125, TestModels.Parameter(model, "dense/kernel")[0], 1e-6);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void TrainingStep_WithAnAverage_AllocatesNothing(string backend)
    {
        const int steps = 12;
        using Sequential model = TestModels.Digits(TestBackends.Open(backend), new Adam { UseEma = true, EmaOverwriteFrequency = 3 });
        AllocationMarks.AssertZeros(steps - 1, () =>
        {
            var marks = new AllocationMarks(2 * steps);
            var recorder = new ActionCallback { BatchBegin = (_, _) => marks.Mark(), BatchEnd = (_, _, _) => marks.Mark() };
            model.Fit(DigitsData.Rows(0, 32 * steps / 2), epochs: 2, batchSize: 32, callbacks: [recorder]);
            return marks.Differences().Where((_, index) => index % 2 == 0).Skip(1);
        });
    }

    private static float[] Waves(int count, double phase = 0) => [.. Enumerable.Range(0, count).Select(i => (float)Math.Sin(1.7 * i + phase))];

    private static void AssertRefused(string message, Action action) =>
        Assert.Contains(message, Assert.ThrowsAny<Exception>(action).Message, StringComparison.Ordinal);
}
