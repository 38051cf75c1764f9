using NativeOpt.Interop;
using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Optimizers;

/// <summary>Lookahead around other rules, against algorithm 1 of the paper on top of the rule alone.</summary>
public class LookaheadTests
{
    private const int Steps = 13;

    private static readonly float[,] X = TestModels.Waves(24, 5);
    private static readonly float[,] Y = TestModels.Waves(24, 2, phase: 1);

    private static readonly string[] Inner = ["sgd(lr=0.1, momentum=0.9)", "adam(lr=0.05)", "madgrad(lr=0.01)", "lamb(lr=0.1)", "prodigy"];

    public static IEnumerable<object[]> BackendsAndRules =>
        from backend in TestBackends.Names from rule in Inner select new object[] { backend, rule };

    [SkippableTheory]
    [MemberData(nameof(BackendsAndRules))]
    public void Steps_AreThoseOfTheRuleBroughtBackEachKthTime(string backend, string rule)
    {
        const int period = 4;
        const double alpha = 0.3;
        OptimizerRule inner = OptimizerRule.Parse(rule);
        using var optimizer = new Optimizer(new Lookahead(inner, period, alpha), TestBackends.Open(backend));
        using var plain = new Optimizer(inner, TestBackends.Open(backend));
        float[] w = Start(37), expected = Start(37);
        double[] slow = [.. Array.ConvertAll(expected, value => (double)value)];
        for (int t = 1; t <= Steps; t++)
        {
            optimizer.Step(w, Gradient(t, w));
            plain.Step(expected, Gradient(t, expected));
            if (t % period == 0)
                for (int i = 0; i < w.Length; i++)
                {
                    slow[i] += alpha * (expected[i] - slow[i]);
                    expected[i] = (float)slow[i];
                    slow[i] = expected[i];
                }
            Assert.All(w.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 2e-6f));
            Assert.All(optimizer.State.GetSlot("weights", "slow").Zip(slow), pair => Assert.Equal(pair.Second, pair.First, 2e-6));
        }
        Assert.NotEqual(Start(37), w);
    }

    [Theory]
    [InlineData("sgd(lr=0.1, momentum=0.9)")]
    [InlineData("adam(lr=0.05)")]
    public void Steps_InDouble_AreThoseOfThePaper(string rule)
    {
        OptimizerRule inner = OptimizerRule.Parse(rule);
        using var optimizer = new Optimizer(new Lookahead(inner, 3, 0.5), TestBackends.Open("managed"), NoptDtype.F64);
        using var plain = new Optimizer(inner, TestBackends.Open("managed"), NoptDtype.F64);
        foreach (Optimizer each in new[] { optimizer, plain })
            each.Register("w", 5);
        double[] w = [1, -2, 3, 0.5, -0.25], expected = [.. w], slow = [.. w];
        for (int t = 1; t <= Steps; t++)
        {
            optimizer.StepDouble(("w", w, Wave(t)));
            plain.StepDouble(("w", expected, Wave(t)));
            for (int i = 0; i < w.Length && t % 3 == 0; i++)
                expected[i] = slow[i] += 0.5 * (expected[i] - slow[i]);
            Assert.All(w.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-14));
        }

        static double[] Wave(int t) => [.. Enumerable.Range(0, 5).Select(i => Math.Sin(t + 1.3 * i))];
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Steps_HaveTheBitsOfTheManagedBackend(string backend)
    {
        float[][] runs = [.. new[] { "managed", backend }.Select(name =>
        {
            using var optimizer = new Optimizer(new Lookahead(new Adam { LearningRate = 0.05 }, 2), TestBackends.Open(name));
            float[] w = Start(67);
            for (int t = 1; t <= 7; t++)
                optimizer.Step(w, Gradient(t, Start(67)));
            return w;
        })];

        Assert.Equal(runs[0], runs[1]);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Fit_IsTheSameAsStepsOnArrays(string backend)
    {
        using var model = new Sequential(3) { new Dense(2, inputShape: 5) };
        var rule = new Lookahead(new Sgd { LearningRate = 0.1, Momentum = 0.5 }, 3);
        model.Compile(rule, "mse", null, TestBackends.Open(backend));
        using var plain = new Sequential(3) { new Dense(2, inputShape: 5) };
        plain.Compile(rule.Inner, "mse", null, TestBackends.Open(backend));
        double[] slow = TestModels.Parameters(plain);

        model.Fit(X, Y, epochs: 3, batchSize: 8, shuffle: false);
        for (int t = 1; t <= 9; t++)
        {
            plain.TrainOnBatch(Rows(X, 8 * ((t - 1) % 3)), Rows(Y, 8 * ((t - 1) % 3)));
            if (t % 3 != 0)
                continue;
            double[] fast = TestModels.Parameters(plain);
            slow = [.. slow.Zip(fast, (s, w) => s + 0.5 * (w - s))];
            TestModels.SetParameter(plain, "dense/kernel", slow[..10]);
            TestModels.SetParameter(plain, "dense/bias", slow[10..]);
        }

        Assert.All(TestModels.Parameters(model).Zip(TestModels.Parameters(plain)), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
    }

    [Fact]
    public void Constraints_HoldAfterEveryStepAndAveragesSeeTheWeightsThatWereBroughtBack()
    {
        using var model = new Sequential(3) { new Dense(2, inputShape: 5, kernelConstraint: "unit_norm") };
        model.Compile(new Lookahead(new Sgd { LearningRate = 0.5, UseEma = true, EmaMomentum = 0 }, 2), "mse", null, TestBackends.Open("managed"));
        for (int t = 1; t <= 5; t++)
        {
            model.TrainOnBatch(X, Y);
            float[] kernel = [.. model.GetWeights("dense/kernel").Cast<float>()];
            for (int column = 0; column < 2; column++)
                Assert.Equal(1, kernel.Where((_, i) => i % 2 == column).Sum(w => (double)w * w), 1e-5);
        }
        // A momentum of 0 copies the weights, before the constraint; a bias has none.
        Assert.Equal(model.GetWeights("dense/bias").Cast<float>(), model.Optimizer!.GetAverageWeights("dense/bias"));
    }

    [Fact]
    public void Accumulation_CountsUpdates()
    {
        using var optimizer = new Optimizer(
            new Lookahead(new Sgd { LearningRate = 1, GradientAccumulationSteps = 2, SumAccumulatedGradients = true }, 2), BackendKind.Managed);
        float[] w = [0];
        var seen = new List<float>();
        for (int t = 0; t < 4; t++)
        {
            optimizer.Step(w, [1]);
            seen.Add(w[0]);
        }
        Assert.Equal([0, -2, -2, -2], seen);
    }

    [Fact]
    public void Sam_MayBeInsideOrAround()
    {
        double[][] runs = [.. new OptimizerRule[]
        {
            new Lookahead(new Sam(new Sgd { LearningRate = 0.1 }, rho: 0.2), 2), new Sam(new Lookahead(new Sgd { LearningRate = 0.1 }, 2), rho: 0.2),
        }.Select(rule =>
        {
            using var model = new Sequential(3) { new Dense(2, inputShape: 5) };
            model.Compile(rule, "mse", null, TestBackends.Open("managed"));
            model.Fit(X, Y, epochs: 3, batchSize: 8);
            return TestModels.Parameters(model);
        })];

        Assert.Equal(runs[0], runs[1]);
    }

    [Theory]
    [InlineData("lookahead(inner=adam(learning_rate=0.002, beta_1=0.8), sync_period=5, slow_step_size=0.8)")]
    [InlineData("lookahead")]
    [InlineData("lookahead(inner=sam(inner=sgd(momentum=0.9), rho=0.1), k=3, alpha=0.25)")]
    public void Text_AndJson_BringItBack(string text)
    {
        OptimizerRule rule = OptimizerRule.Parse(text);
        using var model = new Sequential(3) { new Dense(2, inputShape: 5) };
        model.Compile(rule, "mse", null, TestBackends.Open("managed"));

        using Sequential read = Sequential.FromJson(model.ToJson(), BackendKind.Managed);

        Assert.Equal(rule.ToString(), OptimizerRule.Parse(rule.ToString()).ToString());
        Assert.Equal(rule.ToString(), read.Optimizer!.Rule.ToString());
    }

    [Fact]
    public void Json_OfSeveralRulesInside_BringsThemBack()
    {
        var rule = new Lookahead(new Sam(new MultiOptimizer(("*/bias", new Sgd()), ("*", new Adam())) { ClipValue = 0.5 }, rho: 0.1), 4);
        using var model = new Sequential(3) { new Dense(2, inputShape: 5) };
        model.Compile(rule, "mse", null, TestBackends.Open("managed"));

        using Sequential read = Sequential.FromJson(model.ToJson(), BackendKind.Managed);

        Assert.Equal(rule.ToString(), read.Optimizer!.Rule.ToString());
    }

    [Fact]
    public void Checkpoint_BetweenTwoTimes_GoesOnToTheLastBit()
    {
        using var folder = new TemporaryFolder();
        using Sequential whole = Compiled(), first = Compiled();

        whole.Fit(X, Y, epochs: 4, batchSize: 8);
        first.Fit(X, Y, epochs: 2, batchSize: 8);
        first.Save(folder["a"]);
        using Sequential second = Sequential.Load(folder["a"], BackendKind.Managed);
        second.Fit(X, Y, epochs: 2, batchSize: 8);

        Assert.Equal(TestModels.Parameters(whole), TestModels.Parameters(second));

        static Sequential Compiled()
        {
            var model = new Sequential(3) { new Dense(2, inputShape: 5) };
            model.Compile(new Lookahead(new Adam { LearningRate = 0.05 }, 5), "mse", null, TestBackends.Open("managed"));
            return model;
        }
    }

    [Fact]
    public void Settings_OutOfRangeOrInTheWrongPlace_AreRefusedWithTheReason()
    {
        Refuses("SyncPeriod is 0; it must be at least 1", () => _ = new Lookahead(new Sgd(), 0));
        Refuses("SlowStepSize is 0; it must be greater than 0 and at most 1", () => _ = new Lookahead(new Sgd(), 5, 0));
        Refuses("SlowStepSize is 1.5", () => _ = new Lookahead(new Sgd()) with { SlowStepSize = 1.5 });
        Refuses("SlowStepSize is NaN", () => _ = new Lookahead(new Sgd(), 5, double.NaN));
        Refuses("The inner rule of a Lookahead is a Lookahead", () => _ = new Lookahead(new Lookahead(new Sgd())));
        Refuses("The inner rule of a Lookahead is a Lookahead", () => _ = new Lookahead(new Sam(new Lookahead(new Sgd()))));
        Refuses("learning_rate of a Lookahead differs", () => _ = new Optimizer(new Lookahead(new Sgd()) { LearningRate = 2 }));
        Refuses("put the MultiOptimizer into the Lookahead", () => _ = new Optimizer(new MultiOptimizer(("*", new Lookahead(new Sgd())))));
        Refuses("unknown setting of lookahead 'lr'", () => OptimizerRule.Parse("lookahead(lr=0.1)"));
    }

    [Fact]
    public void Step_AllocatesNothing()
    {
        using var optimizer = new Optimizer(new Lookahead(new Adam(), 2), BackendKind.Managed);
        float[] w = Start(37), g = Start(37);
        for (int t = 0; t < 3; t++)
            optimizer.Step(w, g);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int t = 0; t < 4; t++)
            optimizer.Step(w, g);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Refuses(string message, Action action) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);

    private static float[] Start(int count) => [.. Enumerable.Range(0, count).Select(i => MathF.Sin(1.7f * i + 0.3f))];

    // Of a bowl around changing points.
    private static float[] Gradient(int t, float[] w) => [.. w.Select((value, i) => value - MathF.Cos(t + i))];

    private static float[,] Rows(float[,] matrix, int first)
    {
        var rows = new float[8, matrix.GetLength(1)];
        for (int i = 0; i < rows.Length; i++)
            rows[i / rows.GetLength(1), i % rows.GetLength(1)] = matrix[first + i / rows.GetLength(1), i % rows.GetLength(1)];
        return rows;
    }
}
