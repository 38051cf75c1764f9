using Xunit;

namespace NativeOpt.Tests.Optimizers;

/// <summary>Several steps that make one update.</summary>
public class GradientAccumulationTests
{
    private static readonly float[][] Gradients = [[1, -2], [3, 0.5f], [-1, 4], [2, 2], [0, 1], [5, -1]];

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Step_Accumulating_EqualsAStepOnTheMean(string backend)
    {
        using var accumulating = new Optimizer(
            new AdamW { LearningRate = 0.1, GradientAccumulationSteps = 3, ClipNorm = 1.5 }, TestBackends.Open(backend));
        using var plain = new Optimizer(new AdamW { LearningRate = 0.1, ClipNorm = 1.5 }, TestBackends.Open(backend));
        float[] weights = [1, 2], expected = [1, 2];
        for (int t = 0; t < 6; t++)
        {
            float[] before = [.. weights];
            accumulating.Step(weights, Gradients[t]);
            if (t % 3 != 2)
            {
                Assert.Equal(before, weights);
                continue;
            }
            plain.Step(expected, Mean(Gradients[(t - 2)..(t + 1)]));
            Assert.Equal(expected[0], weights[0], 1e-6f);
            Assert.Equal(expected[1], weights[1], 1e-6f);
            Assert.Equal(plain.StepCount, accumulating.StepCount);
            Assert.Equal(plain.LastGradientNorm, accumulating.LastGradientNorm, 1e-6);
        }
        Assert.Equal(6, accumulating.State.MicroStepCount);
    }

    [Fact]
    public void Step_Summing_EqualsAStepOnTheSum()
    {
        using var optimizer = new Optimizer(
            new Sgd { LearningRate = 1, GradientAccumulationSteps = 2, SumAccumulatedGradients = true, LossScaleFactor = 4 },
            BackendKind.Managed);
        float[] weights = [0, 0];
        optimizer.Step(weights, Gradients[0]);
        optimizer.Step(weights, Gradients[1]);
        Assert.Equal([-1f, 0.375f], weights);
    }

    [Theory]
    [InlineData(Convention.Keras, null, 1, 3)]
    [InlineData(Convention.PyTorch, null, 0, 1)]
    [InlineData(Convention.Keras, false, 0, 1)]
    [InlineData(Convention.PyTorch, true, 1, 3)]
    public void Schedules_GoByStepsUnderKerasAndByUpdatesUnderPyTorch(Convention convention, bool? micro, int first, int second)
    {
        var schedule = new LambdaSchedule(t => 1 + t);
        using var optimizer = new Optimizer(new Sgd
        {
            LearningRate = schedule, GradientAccumulationSteps = 2, Convention = convention, ScheduleMicroSteps = micro,
        }, BackendKind.Managed);
        float[] weights = [0];
        for (int t = 0; t < 2; t++)
            optimizer.Step(weights, [1]);
        Assert.Equal(-(1 + first), weights[0]);
        for (int t = 0; t < 2; t++)
            optimizer.Step(weights, [1]);
        Assert.Equal(-(1 + first) - (1 + second), weights[0]);
        Assert.Equal(2, optimizer.StepCount);
    }

    [Theory]
    [InlineData(Convention.Keras)]
    [InlineData(Convention.PyTorch)]
    public void LearningRate_IsTheOneThatTheNextStepUses(Convention convention)
    {
        using var optimizer = new Optimizer(new Sgd
        {
            LearningRate = new LambdaSchedule(t => 1 + t), GradientAccumulationSteps = 2, Convention = convention,
        }, BackendKind.Managed);
        float[] weights = [0];
        for (int t = 0; t < 6; t++)
        {
            float before = weights[0];
            double rate = optimizer.LearningRate;
            optimizer.Step(weights, [1]);
            if (t % 2 == 1)
                Assert.Equal(before - rate, weights[0]);
        }
    }

    [Fact]
    public void NumberOfSteps_OnASchedule_GoesByUpdates()
    {
        using var optimizer = new Optimizer(new Sgd { LearningRate = 1, GradientAccumulationSteps = 1 }, BackendKind.Managed);
        optimizer.Schedules["gradient_accumulation_steps"] = new LambdaSchedule(update => update == 0 ? 1 : 2);
        float[] weights = [0];
        var seen = new List<float>();
        for (int t = 1; t <= 5; t++)
        {
            optimizer.Step(weights, [t]);
            seen.Add(weights[0]);
        }
        Assert.Equal([-1, -1, -3.5f, -3.5f, -8], seen);

        using var plain = new Optimizer(new Sgd(), BackendKind.Managed);
        Assert.Contains("which switches a part", Assert.Throws<ArgumentException>(
            () => plain.Schedules["gradient_accumulation_steps"] = new ConstantSchedule(2)).Message, StringComparison.Ordinal);
        Assert.Contains("gradient_accumulation_steps is 1.5; it must be a whole number", Assert.Throws<ArgumentException>(
            () => optimizer.Schedules["gradient_accumulation_steps"] = new ConstantSchedule(1.5)).Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void State_InTheMiddleOfAGroup_CanBeRestored(string backend)
    {
        OptimizerRule rule = new Adam { GradientAccumulationSteps = 3, LearningRate = new ExponentialDecay(0.1, 1, 0.5) };
        using var first = new Optimizer(rule, TestBackends.Open(backend));
        float[] weights = [1, 2];
        for (int t = 0; t < 4; t++)
            first.Step(weights, Gradients[t]);
        Assert.Equal((1, 4), (first.State.PendingGradients, first.State.MicroStepCount));
        Assert.Equal(Gradients[3], first.State.GetSlot("weights", "gradient_sum"));

        using var second = new Optimizer(rule, TestBackends.Open(backend));
        second.Register("weights", 2);
        (second.State.StepCount, second.State.PendingGradients, second.State.MicroStepCount) = (1, 1, 4);
        foreach (string slot in first.State.SlotNames)
            second.State.SetSlot("weights", slot, first.State.GetSlot("weights", slot));
        float[] continued = [.. weights];
        for (int t = 4; t < 6; t++)
        {
            first.Step(weights, Gradients[t]);
            second.Step(continued, Gradients[t]);
        }
        Assert.Equal(weights, continued);
        Assert.Equal([0f, 0f], first.State.GetSlot("weights", "gradient_sum"));
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void BeginStep_OverSeveralParameters_CountsOneStep(string backend)
    {
        using var optimizer = new Optimizer(new Sgd { LearningRate = 1, GradientAccumulationSteps = 2 }, TestBackends.Open(backend));
        optimizer.Register("a", 1);
        optimizer.Register("b", 1);
        float[] a = [0], b = [0];
        for (int t = 1; t <= 2; t++)
        {
            using OptimizerStep step = optimizer.BeginStep();
            step.Update("a", a, [t]);
            step.Update("b", b, [2 * t]);
        }
        Assert.Equal((-1.5f, -3f), (a[0], b[0]));
        Assert.Equal(1, optimizer.StepCount);
    }

    /// <summary>Two epochs of three batches, in pairs: carried over, one update takes a batch of each epoch.</summary>
    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Fit_CarriesAPartOfAGroupOverOrFlushesIt(string backend)
    {
        float[,] x = { { 1 }, { 2 }, { 3 } }, y = { { 2 }, { 1 }, { 4 } };
        (float kernel, long updates) = Fit(flush: false);
        Assert.Equal(3, updates);
        Assert.Equal(Expected([[0, 1], [2, 0], [1, 2]]), kernel, 1e-5f);
        (kernel, updates) = Fit(flush: true);
        Assert.Equal(4, updates);
        Assert.Equal(Expected([[0, 1], [2], [0, 1], [2]]), kernel, 1e-5f);

        (float Kernel, long Updates) Fit(bool flush)
        {
            using var model = new Sequential(new Dense(1, useBias: false, inputShape: 1));
            model.Build(1);
            model.SetWeights("dense/kernel", new float[,] { { 0.5f } });
            model.Compile(new Sgd { LearningRate = 0.02, GradientAccumulationSteps = 2, FlushAccumulatedGradients = flush },
                "mse", null, TestBackends.Open(backend));
            model.Fit(x, y, epochs: 2, batchSize: 1, shuffle: false);
            return (model.GetWeights("dense/kernel")[0, 0], model.Optimizer!.StepCount);
        }

        float Expected(int[][] groups)
        {
            float w = 0.5f;
            foreach (int[] group in groups)
                w -= 0.02f * group.Select(row => 2 * (w * x[row, 0] - y[row, 0]) * x[row, 0]).Average();
            return w;
        }
    }

    /// <summary>The rows of all batches of a group are updated, those of the last batch and the others.</summary>
    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Fit_OfAnEmbedding_UpdatesTheRowsOfTheWholeGroup(string backend)
    {
        using var model = new Sequential(new Embedding(4, 1, inputShape: 1), new Dense(1, useBias: false));
        model.Build(1);
        float[,] table = { { 1 }, { 2 }, { 3 }, { 4 } };
        model.SetWeights("embedding/embeddings", table);
        model.SetWeights("dense/kernel", new float[,] { { 1 } });
        model.Compile(new Sgd { LearningRate = 0.1, GradientAccumulationSteps = 2 }, "mse", null, TestBackends.Open(backend));
        model.Fit(new float[,] { { 0 }, { 2 } }, new float[,] { { 0 }, { 0 } }, epochs: 1, batchSize: 1, shuffle: false);
        float[,] after = model.GetWeights("embedding/embeddings");
        // Gradients 2 w of the two rows, halved by the mean of the group.
        Assert.Equal([0.9f, 2, 2.7f, 4], [after[0, 0], after[1, 0], after[2, 0], after[3, 0]]);
        Assert.Equal(1, model.Optimizer!.StepCount);
    }

    private static float[] Mean(float[][] gradients) =>
        [.. Enumerable.Range(0, gradients[0].Length).Select(i => gradients.Average(g => g[i]))];
}
