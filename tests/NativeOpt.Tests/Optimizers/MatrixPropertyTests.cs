using NativeOpt.Backends;
using Xunit;
using static NativeOpt.Tests.Optimizers.MatrixReference;

namespace NativeOpt.Tests.Optimizers;

/// <summary>What holds for the matrix rules whatever the numbers are, on every backend.</summary>
public class MatrixPropertyTests
{
    private static readonly (int Rows, int Columns)[] Shapes = [(8, 20), (20, 8), (31, 33), (5, 300)];

    /// <summary>Without weight decay, and free of epsilons where a test is about scale.</summary>
    public static TheoryData<string, string> BackendsAndRules
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string backend in TestBackends.Names)
                foreach (string rule in Rules.Keys)
                    data.Add(backend, rule);
            return data;
        }
    }

    private static readonly Dictionary<string, OptimizerRule> Rules = new()
    {
        ["muon"] = new Muon { LearningRate = 0.1, WeightDecay = 0 },
        ["muon/pytorch"] = new Muon { LearningRate = 0.1, WeightDecay = 0, Convention = Convention.PyTorch },
        ["adafactor"] = new Adafactor { LearningRate = 0.1 },
        ["adafactor/pytorch"] = new Adafactor { LearningRate = 0.1, Convention = Convention.PyTorch },
        ["sm3"] = new Sm3 { LearningRate = 0.1, Epsilon = 0 },
    };

    /// <summary>The band that five iterations leave singular values of more than a hundredth of the largest in.</summary>
    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Muon_Update_IsNearlyOrthogonal(string backend)
    {
        foreach ((int rows, int columns) in Shapes)
        {
            var rule = new Muon { LearningRate = 1, WeightDecay = 0, RmsRate = null };
            double[,] x = Update(rule, backend, rows, columns, Gradient(rows, columns));
            double[,] wide = rows > columns ? Transpose(x) : x;
            int side = wide.GetLength(0);
            var random = new Random(5);
            for (int sample = 0; sample < 50; sample++)
            {
                double[] direction = [.. Enumerable.Range(0, side).Select(_ => random.NextDouble() - 0.5)];
                IEnumerable<double> moved = Enumerable.Range(0, wide.GetLength(1))
                    .Select(j => Enumerable.Range(0, side).Sum(i => direction[i] * wide[i, j]));
                double stretch = Math.Sqrt(moved.Sum(value => value * value) / direction.Sum(value => value * value));
                Assert.InRange(stretch, 0.6, 1.25);
            }
        }
    }

    /// <summary>The first step does not depend on the size of the gradient.</summary>
    [SkippableTheory]
    [MemberData(nameof(BackendsAndRules))]
    public void Step_OnLargerGradients_IsTheSame(string backend, string rule)
    {
        foreach ((int rows, int columns) in Shapes)
            AssertClose(
                Update(Rules[rule], backend, rows, columns, Gradient(rows, columns)),
                Update(Rules[rule], backend, rows, columns, Map(Gradient(rows, columns), (value, _, _) => 64 * value)));
    }

    [SkippableTheory]
    [MemberData(nameof(BackendsAndRules))]
    public void Step_OnTransposedMatrices_IsTransposed(string backend, string rule)
    {
        foreach ((int rows, int columns) in Shapes)
            AssertClose(
                Update(Rules[rule], backend, rows, columns, Gradient(rows, columns)),
                Transpose(Update(Rules[rule], backend, columns, rows, Transpose(Gradient(rows, columns)))));
    }

    private static double[,] Gradient(int rows, int columns)
    {
        var random = new Random(100 * rows + columns);
        return Map(new double[rows, columns], (_, _, _) => random.NextDouble() * 2 - 1);
    }

    /// <summary>What one step takes from weights that are all 0.5.</summary>
    private static double[,] Update(OptimizerRule rule, string backend, int rows, int columns, double[,] gradient)
    {
        using IBackend opened = TestBackends.Open(backend);
        using var optimizer = new Optimizer(rule, opened);
        optimizer.Register("w", rows, columns);
        float[] w = [.. Enumerable.Repeat(0.5f, rows * columns)];
        optimizer.Step(w, [.. gradient.Cast<double>().Select(value => (float)value)]);
        return Map(gradient, (_, i, j) => 0.5 - w[i * columns + j]);
    }

    private static void AssertClose(double[,] expected, double[,] actual)
    {
        for (int i = 0; i < expected.GetLength(0); i++)
            for (int j = 0; j < expected.GetLength(1); j++)
                Assert.Equal(expected[i, j], actual[i, j], 2e-4);
    }
}
