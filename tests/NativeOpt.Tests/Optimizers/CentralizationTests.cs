using NativeOpt.Interop;
using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Optimizers;

/// <summary>Gradient centralization: which parameters, which axes, and where it comes in a step.</summary>
public class CentralizationTests
{
    private static readonly Sgd Rule = new() { LearningRate = 1, CentralizeGradients = true };

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Step_TakesTheMeanOverAllSizesButTheLastAway(string backend)
    {
        foreach (int[] shape in new int[][] { [2, 3], [2, 1, 3], [1, 2, 3], [2, 2, 5], [7, 1], [1, 4] })
        {
            using var optimizer = new Optimizer(Rule, TestBackends.Open(backend));
            optimizer.Register("w", shape);
            int columns = shape[^1], count = shape.Aggregate(1, (a, b) => a * b);
            float[] weights = new float[count], gradients = Waves(count);
            optimizer.Step(new ParameterUpdate("w", weights, gradients));
            for (int i = 0; i < count; i++)
                Assert.Equal(gradients.Where((_, j) => j % columns == i % columns).Average(g => (double)g) - gradients[i], weights[i], 1e-6);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Step_LeavesVectorsNumbersAndTheGradientsOfTheCallerAlone(string backend)
    {
        using var optimizer = new Optimizer(Rule, TestBackends.Open(backend));
        optimizer.Register("kernel", 4, 3);
        optimizer.Register("bias", 3);
        optimizer.Register("scale");
        float[] kernel = new float[12], bias = new float[3], scale = new float[1];
        float[] kernelGradient = Waves(12), biasGradient = [1, 2, 4], scaleGradient = [8];
        optimizer.Step(new ParameterUpdate("kernel", kernel, kernelGradient), new ParameterUpdate("bias", bias, biasGradient),
            new ParameterUpdate("scale", scale, scaleGradient));
        Assert.Equal(Waves(12), kernelGradient);
        Assert.Equal([-1f, -2, -4], bias);
        Assert.Equal([-8f], scale);
        for (int column = 0; column < 3; column++)
            Assert.Equal(0, kernel.Where((_, i) => i % 3 == column).Sum(), 1e-6);
    }

    [Fact]
    public void Norms_AreThoseOfTheCentralizedGradients()
    {
        using var optimizer = new Optimizer(Rule with { GlobalClipNorm = 1, LossScaleFactor = 2 }, BackendKind.Managed);
        optimizer.Register("w", 2, 1);
        float[] weights = [0, 0];
        // Halves of 10 and 4, less their mean of 3.5: 1.5 and -1.5.
        optimizer.Step(new ParameterUpdate("w", weights, new float[] { 10, 4 }));
        Assert.Equal(Math.Sqrt(4.5), optimizer.LastGradientNorm, 1e-12);
        Assert.Equal(-Math.Sqrt(0.5), weights[0], 1e-7);
        Assert.Equal(Math.Sqrt(0.5), weights[1], 1e-7);
    }

    [Theory]
    [InlineData(Convention.Keras, 0.9 * 3 - 1)]
    [InlineData(Convention.PyTorch, 3 - 1 - 0.1 * 3)]
    public void WeightDecay_IsNotCentralized(Convention convention, double expected)
    {
        using var optimizer = new Optimizer(Rule with { WeightDecay = 0.1, Convention = convention }, BackendKind.Managed);
        optimizer.Register("w", 2, 1);
        float[] weights = [3, 3];
        optimizer.Step(new ParameterUpdate("w", weights, new float[] { 5, 3 }));
        Assert.Equal(expected, weights[0], 1e-6);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void NonFiniteGradients_AreSeenBeforeTheyReachTheirColumns(string backend)
    {
        float[] weights = new float[6], gradients = [1, float.NaN, 3, 4, 5, 6];
        using var strict = new Optimizer(Rule with { NonFinite = NonFiniteGradients.Error }, TestBackends.Open(backend));
        strict.Register("w", 2, 3);
        Assert.Contains("has a gradient that is infinite or NaN", Assert.Throws<NotFiniteNumberException>(
            () => strict.Step(new ParameterUpdate("w", weights, gradients))).Message, StringComparison.Ordinal);
        using var skipping = new Optimizer(Rule with { NonFinite = NonFiniteGradients.Skip }, TestBackends.Open(backend));
        skipping.Register("w", 2, 3);
        skipping.Step(new ParameterUpdate("w", weights, gradients));
        Assert.Equal((1, 0), (skipping.SkippedSteps, skipping.StepCount));
        Assert.Equal(new float[6], weights);
        using var zeroing = new Optimizer(Rule with { NonFinite = NonFiniteGradients.Zero }, TestBackends.Open(backend));
        zeroing.Register("w", 2, 3);
        zeroing.Step(new ParameterUpdate("w", weights, gradients));
        Assert.Equal([1.5f, 2.5f, 1.5f, -1.5f, -2.5f, -1.5f], weights);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Fit_CentralizesPenaltiesWithTheGradients_OfKernelsOnly(string backend)
    {
        foreach (int? accumulation in new int?[] { null, 2 })
        {
            OptimizerRule rule = Rule with { GradientAccumulationSteps = accumulation };
            using var model = new Sequential(seed: 3)
            {
                new Dense(2, inputShape: 3, kernelRegularizer: new L1L2(0.3, 0.7), biasRegularizer: new L1L2(0, 0.5)),
            };
            model.Compile(rule, "mse", [], TestBackends.Open(backend));
            model.SetWeights("dense/bias", new float[,] { { 0.5f, -0.25f } });
            double[] before = TestModels.Parameter(model, "dense/kernel");
            // Inputs of 0: the gradients of kernels are those of the penalties alone.
            for (int i = 0; i < (accumulation ?? 1); i++)
                model.TrainOnBatch(new float[2, 3], new float[,] { { 0.5f, -0.25f }, { 0.5f, -0.25f } });
            double[] gradient = [.. before.Select(w => 0.3 * Math.Sign(w) + 1.4 * w)], after = TestModels.Parameter(model, "dense/kernel");
            for (int i = 0; i < before.Length; i++)
                Assert.Equal(before[i] - gradient[i] + gradient.Where((_, j) => j % 2 == i % 2).Average(), after[i], 2e-6);
            // A whole step of 2 * 0.5 * b.
            Assert.All(TestModels.Parameter(model, "dense/bias"), b => Assert.Equal(0, b, 1e-6));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void TrainingStep_WithCentralizedGradients_AllocatesNothing(string backend)
    {
        const int steps = 12;
        using Sequential model = TestModels.Digits(TestBackends.Open(backend), new Adam { CentralizeGradients = true, GlobalClipNorm = 1 });
        AllocationMarks.AssertZeros(steps - 1, () =>
        {
            var marks = new AllocationMarks(2 * steps);
            var recorder = new ActionCallback { BatchBegin = (_, _) => marks.Mark(), BatchEnd = (_, _, _) => marks.Mark() };
            model.Fit(DigitsData.Rows(0, 32 * steps / 2), epochs: 2, batchSize: 32, callbacks: [recorder]);
            return marks.Differences().Where((_, index) => index % 2 == 0).Skip(1);
        });
    }

    [Fact]
    public void MultiOptimizer_CentralizesForTheRuleThatAsks_OrForAll()
    {
        foreach (bool all in new[] { false, true })
        {
            var rule = new MultiOptimizer(("a", Rule), ("*", Rule with { CentralizeGradients = false })) { CentralizeGradients = all };
            using var optimizer = new Optimizer(rule, BackendKind.Managed);
            optimizer.Register("a", 2, 1);
            optimizer.Register("b", 2, 1);
            float[] a = [0, 0], b = [0, 0], gradients = [3, 1];
            optimizer.Step(new ParameterUpdate("a", a, gradients), new ParameterUpdate("b", b, gradients));
            Assert.Equal([-1f, 1], a);
            Assert.Equal(all ? [-1f, 1] : [-3f, -1], b);
        }
    }

    [Fact]
    public void Tables_AreLeftAlone()
    {
        double[][] tables = [.. new[] { false, true }.Select(centralizes =>
        {
            using var model = new Sequential(seed: 1) { new Embedding(5, 2), new Dense(1) };
            model.Compile(new Sgd { CentralizeGradients = centralizes }, "mse", backend: BackendKind.Managed);
            model.TrainOnBatch(new float[,] { { 1, 3 }, { 2, 1 } }, new float[,] { { 1 }, { 0 } });
            return TestModels.Parameter(model, "embedding/embeddings");
        })];
        Assert.Equal(tables[0], tables[1]);
    }

    private static float[] Waves(int count) => [.. Enumerable.Range(0, count).Select(i => (float)Math.Sin(1.7 * i + 0.3))];
}
