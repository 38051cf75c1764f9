using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Optimizers;

/// <summary>The arithmetic of Sam, against a reference in double.</summary>
public class SamTests
{
    private const double Momentum = 0.9, LearningRate = 0.125;

    private static readonly Dictionary<string, (OptimizerRule Rule, InnerUpdate Update)> Inner = new()
    {
        ["sgd"] = (new Sgd { LearningRate = LearningRate }, (_, w, g, _) => [.. w.Select((v, i) => v - LearningRate * g[i])]),
        ["momentum"] = (new Sgd { LearningRate = LearningRate, Momentum = Momentum }, (_, w, g, slots) =>
        {
            for (int i = 0; i < w.Length; i++)
                slots[0][i] = Momentum * slots[0][i] - LearningRate * g[i];
            return [.. w.Select((v, i) => v + slots[0][i])];
        }),
        ["adamw"] = (new AdamW { LearningRate = LearningRate, WeightDecay = 0.25, WeightDecayExclude = [] }, (step, w, g, slots) =>
        {
            for (int i = 0; i < w.Length; i++)
            {
                slots[0][i] += (1 - 0.9) * (g[i] - slots[0][i]);
                slots[1][i] += (1 - 0.999) * (g[i] * g[i] - slots[1][i]);
            }
            double alpha = LearningRate * Math.Sqrt(1 - Math.Pow(0.999, step)) / (1 - Math.Pow(0.9, step));
            return
            [
                .. w.Select((v, i) => v * (1 - LearningRate * 0.25) - alpha * slots[0][i] / (Math.Sqrt(slots[1][i]) + 1e-7)),
            ];
        }),
    };

    /// <summary>Backend, inner rule, whether adaptive; "double" is the managed backend in double.</summary>
    public static TheoryData<string, string, bool> Cases
    {
        get
        {
            var data = new TheoryData<string, string, bool>();
            foreach (string backend in TestBackends.Names.Prepend("double"))
                foreach (string inner in Inner.Keys)
                    foreach (bool adaptive in new[] { false, true })
                        data.Add(backend, inner, adaptive);
            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void Steps_AreThoseOfTheReference(string backend, string inner, bool adaptive) =>
        Check(backend, inner, 0.25, adaptive, l1: 0, l2: 0, clip: null);

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void Steps_WithPenaltiesAndClipping_AreThoseOfTheReference(string backend, string inner, bool adaptive) =>
        Check(backend, inner, 0.5, adaptive, l1: 0.03125, l2: 0.125, clip: 0.25);

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Steps_WithAVerySmallRho_AreThoseOfTheInnerRule(string backend)
    {
        // The climb is lost in rounding: both gradients are the same.
        double[] expected = After(backend, new Adam(), 0, 0), found = After(backend, new Sam(new Adam(), rho: 1e-30), 0, 0);
        Assert.Equal(expected, found);
        Assert.NotEqual(expected, After(backend, new Sam(new Adam(), rho: 0.05), 0, 0));
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Steps_WithALearningRateOf0_LeaveTheWeightsToTheLastBit(string backend)
    {
        using Sequential model = Create(backend, new Sam(new Sgd { LearningRate = 0 }, rho: 3), 0.5, 0.25);
        double[] before = TestModels.Parameters(model);
        for (int step = 0; step < 3; step++)
            model.TrainOnBatch(X(step), Y(step));
        Assert.Equal(before, TestModels.Parameters(model));
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Rho_FollowsASchedule(string backend)
    {
        var rhos = new LambdaSchedule(t => 0.5 / (1 + t));
        using Sequential model = Create(backend, new Sam(Inner["sgd"].Rule, rho: 0.5), 0, 0);
        model.Optimizer!.Schedules["Rho"] = rhos;
        Assert.Same(rhos, model.Optimizer.Schedules["rho"]);
        var reference = new SamReference(WeightsOf(model), Inner["sgd"].Update);
        for (int step = 0; step < 4; step++)
        {
            reference.Rho = rhos.ValueAt(step);
            reference.Step(X(step), Y(step));
            model.TrainOnBatch(X(step), Y(step));
        }
        AssertNear(reference.Weights, WeightsOf(model), 2e-5);
    }

    private static void Check(string backend, string inner, double rho, bool adaptive, double l1, double l2, double? clip)
    {
        OptimizerRule rule = Inner[inner].Rule;
        rule = clip is null ? rule : rule with { GlobalClipNorm = clip };
        using Sequential model = Create(backend, new Sam(rule, rho, adaptive), l1, l2);
        var reference = new SamReference(WeightsOf(model), Inner[inner].Update)
        {
            Rho = rho,
            Adaptive = adaptive,
            L1 = l1,
            L2 = l2,
            GlobalClipNorm = clip,
        };
        double tolerance = backend == "double" ? 1e-11 : 2e-5;
        for (int step = 0; step < 6; step++)
        {
            double expected = reference.Step(X(step), Y(step)), loss = model.TrainOnBatch(X(step), Y(step));
            Assert.Equal(expected, loss, tolerance);
            // Adam's first steps turn the sign of a gradient near 0 into a whole step.
            AssertNear(reference.Weights, WeightsOf(model), inner == "adamw" && backend != "double" ? 50 * tolerance : tolerance);
        }
        Assert.Equal(6, model.Optimizer!.StepCount);
    }

    private static Sequential Create(string backend, OptimizerRule rule, double l1, double l2)
    {
        bool isDouble = backend == "double";
        Sequential model = isDouble ? new Sequential(NoptDtype.F64, seed: 3) : new Sequential(seed: 3);
        model.Add(new Dense(SamReference.Hidden, "tanh", inputShape: SamReference.Inputs, biasInitializer: "random_normal",
            kernelRegularizer: l1 > 0 ? new L1L2(l1, l2) : null));
        model.Add(new Dense(SamReference.Outputs, biasInitializer: "random_normal"));
        IBackend opened = TestBackends.Open(isDouble ? "managed" : backend);
        model.Compile(rule, "mse", null, opened);
        return model;
    }

    private static double[] After(string backend, OptimizerRule rule, double l1, double l2)
    {
        using Sequential model = Create(backend, rule, l1, l2);
        for (int step = 0; step < 4; step++)
            model.TrainOnBatch(X(step), Y(step));
        return TestModels.Parameters(model);
    }

    private static float[,] X(int step) => TestModels.Waves(7, SamReference.Inputs, phase: step);

    private static float[,] Y(int step) => TestModels.Waves(7, SamReference.Outputs, phase: step + 0.5);

    private static double[][] WeightsOf(Sequential model) => [.. SamReference.Names.Select(name => TestModels.Parameter(model, name))];

    private static void AssertNear(double[][] expected, double[][] found, double tolerance)
    {
        for (int i = 0; i < expected.Length; i++)
            for (int k = 0; k < expected[i].Length; k++)
                Assert.True(Math.Abs(expected[i][k] - found[i][k]) <= tolerance * Math.Max(1, Math.Abs(expected[i][k])),
                    $"{SamReference.Names[i]}[{k}]: {found[i][k]:R}, expected {expected[i][k]:R}");
    }
}
