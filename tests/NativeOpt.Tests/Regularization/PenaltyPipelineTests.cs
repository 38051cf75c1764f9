using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Regularization;

/// <summary>Where penalties come in a step: after accumulation, before clipping.</summary>
public class PenaltyPipelineTests
{
    private const double L1 = 0.3, L2 = 0.7;

    // Inputs of 0: the gradients of kernels are those of the penalties alone.
    private static readonly float[,] X = new float[2, 3], Y = new float[2, 2];

    public static TheoryData<string, string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (string backend in TestBackends.Names)
                foreach (string clipping in new[] { "none", "value", "norm", "global", "infinity", "adaptive" })
                    foreach (string penalty in new[] { "built in", "own" })
                        data.Add(backend, clipping, penalty);
            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void Clipping_LimitsTheGradientWithItsPenalty(string backend, string clipping, string penalty)
    {
        OptimizerRule rule = clipping switch
        {
            "value" => new Sgd { ClipValue = 0.4 },
            "norm" => new Sgd { ClipNorm = 0.5 },
            "global" => new Sgd { GlobalClipNorm = 0.6 },
            "infinity" => new Sgd { ClipNorm = 0.3, ClipNormOrder = double.PositiveInfinity },
            "adaptive" => new Sgd { AdaptiveClip = 0.25 },
            _ => new Sgd(),
        };
        using Sequential model = Build(backend, rule with { LearningRate = 1 }, penalty);
        double[] first = TestModels.Parameter(model, "dense/kernel"), second = TestModels.Parameter(model, "dense_1/kernel");
        double[] firstGradient = GradientOf(first), secondGradient = GradientOf(second);
        double global = Math.Sqrt(firstGradient.Concat(secondGradient).Sum(g => g * g));

        model.TrainOnBatch(X, Y);

        AssertMoved(first, firstGradient, TestModels.Parameter(model, "dense/kernel"));
        AssertMoved(second, secondGradient, TestModels.Parameter(model, "dense_1/kernel"));

        void AssertMoved(double[] before, double[] gradient, double[] after)
        {
            for (int i = 0; i < before.Length; i++)
                Assert.Equal(before[i] - Clip(before, gradient, i), after[i], 2e-6);
        }

        double Clip(double[] w, double[] g, int i) => clipping switch
        {
            "value" => Math.Clamp(g[i], -0.4, 0.4),
            "norm" => g[i] * Math.Min(1, 0.5 / Norm(g)),
            "global" => g[i] * Math.Min(1, 0.6 / global),
            "infinity" => g[i] * Math.Min(1, 0.3 / g.Max(Math.Abs)),
            // A unit is a column of two.
            "adaptive" => g[i] * Math.Min(1, 0.25 * Norm(Column(w, i)) / Norm(Column(g, i))),
            _ => g[i],
        };
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Penalty_WhereGradientsAccumulate_IsAddedOnceAnUpdate(string backend)
    {
        foreach (string penalty in new[] { "built in", "own" })
        {
            using Sequential model = Build(backend, new Sgd { LearningRate = 1, GradientAccumulationSteps = 3 }, penalty);
            double[] before = TestModels.Parameter(model, "dense/kernel"), gradient = GradientOf(before);
            model.TrainOnBatch(X, Y);
            model.TrainOnBatch(X, Y);
            Assert.Equal(before, TestModels.Parameter(model, "dense/kernel"));
            model.TrainOnBatch(X, Y);
            double[] after = TestModels.Parameter(model, "dense/kernel");
            for (int i = 0; i < before.Length; i++)
                Assert.Equal(before[i] - gradient[i], after[i], 1e-6);
        }
    }

    [Fact]
    public void Norm_OfTheLastStep_IsThatOfTheGradientsWithTheirPenalties()
    {
        using Sequential model = Build("managed", new Sgd { GlobalClipNorm = 100 }, "built in");
        double[] all = [.. TestModels.Parameter(model, "dense/kernel"), .. TestModels.Parameter(model, "dense_1/kernel")];
        model.TrainOnBatch(X, Y);
        Assert.Equal(Norm(GradientOf(all)), model.Optimizer!.LastGradientNorm, 1e-6);
    }

    private static Sequential Build(string backend, OptimizerRule rule, string penalty)
    {
        Regularizer regularizer = penalty == "own" ? new Own() : new L1L2(L1, L2);
        var model = new Sequential(seed: 3)
        {
            new Dense(2, inputShape: 3, useBias: false, kernelRegularizer: regularizer),
            new Dense(2, useBias: false, kernelRegularizer: regularizer),
        };
        model.Compile(rule, "mse", [], TestBackends.Open(backend));
        return model;
    }

    private static double[] GradientOf(double[] w) => [.. w.Select(v => L1 * Math.Sign(v) + 2 * L2 * v)];

    private static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(v => v * v));

    private static IEnumerable<double> Column(double[] values, int element) => values.Where((_, i) => i % 2 == element % 2);

    private sealed record Own : Regularizer
    {
        public override double GetPenalty(ReadOnlySpan<float> values, ReadOnlySpan<int> shape) => 0;

        public override void AddGradient(ReadOnlySpan<float> values, ReadOnlySpan<int> shape, Span<float> gradients)
        {
            for (int i = 0; i < values.Length; i++)
                gradients[i] += (float)(L1 * Math.Sign(values[i]) + 2 * L2 * values[i]);
        }
    }
}
