using NativeOpt.Backends.Managed;
using NativeOpt.Interop;
using Xunit;
using static NativeOpt.Tests.Optimizers.MatrixReference;

namespace NativeOpt.Tests.Optimizers;

/// <summary>Muon, Adafactor and SM3 with settings that the golden cases do not have, in double against formulas written out.</summary>
public class MatrixRuleTests
{
    private const int Steps = 12;
    private static readonly NewtonSchulzStep Usual = new(3.4445, -4.775, 2.0315);

    public static TheoryData<string, Muon> MuonRules => new()
    {
        { "keras", new Muon { LearningRate = 0.02 } },
        {
            "keras, plain",
            new Muon { LearningRate = 0.02, Nesterov = false, NsSteps = 3, NsEpsilon = 0.1, RmsRate = null, WeightDecay = 0.3 }
        },
        { "keras, by shape", new Muon { LearningRate = 0.02, RmsRate = null, ScaleByShape = true, Momentum = 0.6 } },
        { "keras, no iterations", new Muon { LearningRate = 0.02, NsSteps = 0 } },
        {
            "pytorch",
            new Muon { LearningRate = 0.02, Convention = Convention.PyTorch, RmsRate = null, ScaleByShape = true, RowsAreOutputs = true }
        },
        { "pytorch, plain", new Muon { LearningRate = 0.02, Convention = Convention.PyTorch, Nesterov = false, NsEpsilon = 100 } },
        { "optax", new Muon { LearningRate = 0.02, BiasCorrection = true, RmsRate = null, ScaleByShape = true, NsEpsilon = 1e-8 } },
        { "optax, plain", new Muon { LearningRate = 0.02, BiasCorrection = true, Nesterov = false, Momentum = 0.8 } },
        { "optax, adaptive", new Muon { LearningRate = 0.02, BiasCorrection = true, Adaptive = true } },
        { "optax, aol", new Muon { LearningRate = 0.02, BiasCorrection = true, Preconditioning = MuonPreconditioning.Aol, NsSteps = 4 } },
        { "optax, spectral", new Muon { LearningRate = 0.02, BiasCorrection = true, Preconditioning = MuonPreconditioning.Spectral } },
        { "optax, schatten", new Muon { LearningRate = 0.02, BiasCorrection = true, Preconditioning = MuonPreconditioning.Schatten } },
        { "optax, dion", new Muon { LearningRate = 0.02, BiasCorrection = true, NsCoefficients = Muon.DionCoefficients } },
        { "ascent", new Muon { LearningRate = 0.02, Maximize = true, ClipValue = 0.5 } },
    };

    public static TheoryData<string, Adafactor> AdafactorRules => new()
    {
        { "keras", new Adafactor { LearningRate = 0.05 } },
        { "keras, decay", new Adafactor { LearningRate = 0.05, WeightDecay = 0.5, ClipThreshold = 0.4, Epsilon1 = 0.01, Epsilon2 = 2 } },
        { "keras, no limit", new Adafactor { LearningRate = 0.9, ClipThreshold = null, Beta2Decay = -0.5, RelativeStep = false } },
        { "pytorch", new Adafactor { LearningRate = 0.05, Convention = Convention.PyTorch } },
        { "pytorch, decay", new Adafactor { LearningRate = 0.9, Convention = Convention.PyTorch, WeightDecay = 0.1, Epsilon1 = 0.7 } },
        { "optax", new Adafactor { LearningRate = 0.9, LimitsStep = false, Momentum = 0.8, WeightDecayRate = 0.02, DecayOffset = 3 } },
        { "optax, absolute", new Adafactor { LearningRate = 0.05, LimitsStep = false, MultiplyByParameterScale = false } },
        { "optax, whole", new Adafactor { LearningRate = 0.05, LimitsStep = false, Factored = false, WeightDecayRate = 0.1 } },
        { "optax, too small", new Adafactor { LearningRate = 0.05, LimitsStep = false, MinDimSizeToFactor = 4 } },
    };

    public static TheoryData<string, Sm3> Sm3Rules => new()
    {
        { "sum", new Sm3 { LearningRate = 0.1 } },
        { "mean", new Sm3 { LearningRate = 0.1, Beta2 = 0.9, Momentum = 0.5, Epsilon = 0.3 } },
        { "no momentum", new Sm3 { LearningRate = 0.1, Momentum = 0 } },
    };

    [Theory]
    [MemberData(nameof(MuonRules))]
    public void Muon_OnMatrices_FollowsItsFormula(string row, Muon rule)
    {
        foreach ((int rows, int columns) in new[] { (5, 3), (3, 5), (4, 4), (1, 6) })
        {
            var m = new double[rows, columns];
            Compare($"{row}, {rows} x {columns}", rule, rows, columns, (w, g, t) => MuonStep(w, g, m, t, rule));
        }
    }

    [Theory]
    [MemberData(nameof(AdafactorRules))]
    public void Adafactor_OnMatrices_FollowsItsFormula(string row, Adafactor rule)
    {
        foreach ((int rows, int columns) in new[] { (5, 3), (3, 5), (4, 7), (1, 6) })
        {
            bool factored = rule.Factored && Math.Min(rows, columns) >= rule.MinDimSizeToFactor;
            double[]? r = factored ? new double[rows] : null;
            (var c, var v, var m) = (new double[columns], new double[rows, columns], new double[rows, columns]);
            Compare($"{row}, {rows} x {columns}", rule, rows, columns, (w, g, t) => Adafactor(w, g, r, c, v, m, t, rule));
        }
    }

    [Theory]
    [MemberData(nameof(Sm3Rules))]
    public void Sm3_OnMatrices_FollowsItsFormula(string row, Sm3 rule)
    {
        foreach ((int rows, int columns) in new[] { (5, 3), (3, 5), (1, 6) })
        {
            (var largest, var ofColumn, var m) = (new double[rows], new double[columns], new double[rows, columns]);
            Compare($"{row}, {rows} x {columns}", rule, rows, columns, (w, g, _) => Sm3(w, g, largest, ofColumn, m, rule));
        }
    }

    private static void MuonStep(double[,] w, double[,] g, double[,] m, int t, Muon rule)
    {
        (int rows, int columns) = (w.GetLength(0), w.GetLength(1));
        double mu = rule.Momentum, lr = rule.LearningRate.InitialValue;
        g = Map(g, (value, _, _) => (rule.Maximize ? -1 : 1) * Math.Clamp(value, -(rule.ClipValue ?? 1e9), rule.ClipValue ?? 1e9));
        bool sums = rule is { Convention: Convention.Keras, BiasCorrection: false };
        double share = sums ? 1 : 1 - mu;
        (double now, double next) = rule.BiasCorrection ? (1 - Math.Pow(mu, t), 1 - Math.Pow(mu, t + 1)) : (1, 1);
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                m[i, j] = mu * m[i, j] + share * g[i, j];
        double[,] u = Map(g, (value, i, j) => rule.Nesterov ? share * value / now + mu * m[i, j] / next : m[i, j] / now);
        double norm = Math.Sqrt(Sum(u, value => value * value));
        bool floors = rule is { Convention: Convention.PyTorch, BiasCorrection: false };
        IReadOnlyList<NewtonSchulzStep> steps =
            rule.NsCoefficients.Count > 0 ? rule.NsCoefficients : [.. Enumerable.Repeat(Usual, rule.NsSteps)];
        double[,] x = Orthogonalize(u, floors ? Math.Max(norm, rule.NsEpsilon) - norm : rule.NsEpsilon, steps, rule.Preconditioning);
        double product = rule.Adaptive ? Sum(Map(x, (value, i, j) => value * u[i, j]), value => value) : 1;
        double shape = rule.RowsAreOutputs ? (double)rows / columns : (double)columns / rows;
        double scale = rule.RmsRate is { } rate ? rate * Math.Sqrt(Math.Max(rows, columns))
            : rule.ScaleByShape ? Math.Sqrt(Math.Max(1, shape)) : 1;
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                w[i, j] = (1 - lr * rule.WeightDecay) * w[i, j] - lr * scale * product * x[i, j];
    }

    /// <summary>The rule and the formula, step by step on the same gradients.</summary>
    private static void Compare(string what, OptimizerRule rule, int rows, int columns, Action<double[,], double[,], int> formula)
    {
        using var optimizer = new Optimizer(rule, new ManagedBackend(), NoptDtype.F64);
        optimizer.Register("w", rows, columns);
        var expected = Map(new double[rows, columns], (_, i, j) => Math.Sin(2 * i + 3 * j + 1));
        double[] actual = [.. expected.Cast<double>()];
        for (int t = 1; t <= Steps; t++)
        {
            double[,] g = Map(expected, (_, i, j) => Math.Cos(i * j + 3 * i + t) + 0.2 * j);
            optimizer.StepDouble(actual, [.. g.Cast<double>()]);
            formula(expected, g, t);
            double[] all = [.. expected.Cast<double>()];
            for (int i = 0; i < all.Length; i++)
                Assert.True(Math.Abs(all[i] - actual[i]) <= 1e-10 * Math.Max(1, Math.Abs(all[i])),
                    $"{what}, step {t}, weight {i}: {all[i]:R} and {actual[i]:R}");
        }
    }
}
