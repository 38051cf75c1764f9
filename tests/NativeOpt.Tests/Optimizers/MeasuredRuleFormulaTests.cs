using NativeOpt.Backends.Managed;
using NativeOpt.Interop;
using Xunit;

namespace NativeOpt.Tests.Optimizers;

/// <summary>
/// Rules that take norms or other sums, against their formulas written out as in optax and Keras, with settings that the golden cases
/// leave at their defaults.
/// </summary>
public class MeasuredRuleFormulaTests
{
    private const double Rate = 0.05;
    private static readonly double[] Start = [0.5, -1.25, 2, 1e-3];

    /// <summary>One step of a formula on the weights and gradients of one parameter, with a state of its own.</summary>
    public delegate void Formula(double[] w, double[] g, int t, double[][] s, double[] n);

    public static TheoryData<string, OptimizerRule, Formula> Rows => new()
    {
        { "lamb, keras", new Lamb { LearningRate = Rate, WeightDecay = 0.1 }, Lamb(1e-7, 0, shrink: 0.1, decay: 0) },
        {
            "lamb, optax", new Lamb
            {
                LearningRate = Rate, WeightDecay = 0.1, Epsilon = 1e-6, EpsilonRoot = 1e-4, Convention = Convention.PyTorch,
            },
            Lamb(1e-6, 1e-4, shrink: 0, decay: 0.1)
        },
        { "lars", new Lars { LearningRate = Rate, WeightDecay = 0.1, Epsilon = 0.5 }, Lars(0.1, 0.001, 0.5, 0.9, false, adapts: true) },
        {
            "lars, nesterov", new Lars { LearningRate = Rate, TrustCoefficient = 0.3, Momentum = 0.7, Nesterov = true },
            Lars(0, 0.3, 0, 0.7, true, adapts: true)
        },
        {
            "lars, masks", new Lars { LearningRate = Rate, WeightDecay = 0.1, DecaysWeights = false, AdaptsRate = false },
            Lars(0, 0, 0, 0.9, false, adapts: false)
        },
        { "lars, plain", new Lars { LearningRate = Rate, Momentum = 0 }, Lars(0, 0.001, 0, 0, false, adapts: true) },
        { "novograd", new NovoGrad { LearningRate = Rate, WeightDecay = 0.1, EpsilonRoot = 0.25 }, NovoGrad(0.9, 0.25, 1e-6, 0.25, 0.1) },
        { "novograd, betas", new NovoGrad { LearningRate = Rate, Beta1 = 0.5, Beta2 = 0.8, Epsilon = 1 }, NovoGrad(0.5, 0.8, 1, 0, 0) },
        { "fromage", new Fromage { LearningRate = Rate, MinNorm = 2 }, Fromage(2) },
        { "fromage, zeros", new Fromage { LearningRate = Rate, MinNorm = 0 }, Fromage(0) },
        {
            "prodigy", new Prodigy { LearningRate = 0.8, WeightDecay = 0.1, InitialEstimate = 1e-3, Coefficient = 2 },
            Prodigy(0.8, Math.Sqrt(0.999), 1e-3, 2, 0.1, safeguard: false)
        },
        {
            "prodigy, safeguard", new Prodigy { InitialEstimate = 1e-3, Beta3 = 0.9, SafeguardWarmup = true },
            Prodigy(1, 0.9, 1e-3, 1, 0, safeguard: true)
        },
        { "dadapt_adamw", new DAdaptAdamW { LearningRate = 0.8, WeightDecay = 0.1, InitialEstimate = 1e-2 }, DAdaptAdamW(0.8, 1e-2, 0.1) },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Step_WithAnySetting_FollowsTheFormula(string row, OptimizerRule rule, Formula formula)
    {
        using var optimizer = new Optimizer(rule, new ManagedBackend(), NoptDtype.F64);
        double[] actual = [.. Start], expected = [.. Start];
        double[][] s = [new double[4], new double[4], new double[4], [.. Start]];
        var n = new double[2];
        for (int t = 1; t <= 20; t++)
        {
            double[] g = [.. Start.Select((_, i) => t == 3 ? 0 : Math.Cos(3 * i + t) + 0.1 * i)];
            optimizer.StepDouble(actual, g);
            formula(expected, g, t, s, n);
            for (int i = 0; i < expected.Length; i++)
                Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-12, $"{row}, step {t}, weight {i}: {expected[i]:R} and {actual[i]:R}");
        }
    }

    private static double Norm(double[] x) => Math.Sqrt(x.Sum(value => value * value));

    private static double TrustRatio(double w, double u, double trust = 1, double eps = 0) => w == 0 || u == 0 ? 1 : trust * w / (u + eps);

    private static Formula Lamb(double eps, double epsRoot, double shrink, double decay) => (w, g, t, s, _) =>
    {
        var u = new double[w.Length];
        for (int i = 0; i < w.Length; i++)
        {
            w[i] -= Rate * shrink * w[i];
            s[0][i] = 0.9 * s[0][i] + 0.1 * g[i];
            s[1][i] = 0.999 * s[1][i] + 0.001 * g[i] * g[i];
            double mean = s[0][i] / (1 - Math.Pow(0.9, t)), squares = s[1][i] / (1 - Math.Pow(0.999, t));
            u[i] = mean / (Math.Sqrt(squares + epsRoot) + eps) + decay * w[i];
        }
        double ratio = TrustRatio(Norm(w), Norm(u));
        for (int i = 0; i < w.Length; i++)
            w[i] -= Rate * ratio * u[i];
    };

    private static Formula Lars(double decay, double trust, double eps, double momentum, bool nesterov, bool adapts) => (w, g, _, s, _) =>
    {
        double[] u = [.. g.Select((value, i) => value + decay * w[i])];
        double ratio = adapts ? TrustRatio(Norm(w), Norm(u), trust, eps) : 1;
        for (int i = 0; i < w.Length; i++)
        {
            double update = -Rate * (u[i] * ratio);
            s[0][i] = momentum * s[0][i] + update;
            w[i] += nesterov ? update + momentum * s[0][i] : s[0][i];
        }
    };

    private static Formula NovoGrad(double b1, double b2, double eps, double epsRoot, double decay) => (w, g, t, s, n) =>
    {
        double squares = Math.Pow(Norm(g), 2);
        n[0] = t == 1 ? squares : b2 * n[0] + (1 - b2) * squares;
        for (int i = 0; i < w.Length; i++)
        {
            double direction = g[i] / (Math.Sqrt(n[0] + epsRoot) + eps) + decay * w[i];
            s[0][i] = t == 1 ? direction : b1 * s[0][i] + direction;
            w[i] -= Rate * s[0][i];
        }
    };

    private static Formula Fromage(double minNorm) => (w, g, _, _, _) =>
    {
        double factor = 1 / Math.Sqrt(1 + Rate * Rate);
        double ratio = TrustRatio(Math.Max(Norm(w), minNorm), Math.Max(Norm(g), minNorm));
        for (int i = 0; i < w.Length; i++)
            w[i] += -Rate * factor * (g[i] * ratio) + (factor - 1) * w[i];
    };

    private static Formula Prodigy(double lr, double b3, double d0, double coefficient, double decay, bool safeguard) => (w, g, t, s, n) =>
    {
        double d = t == 1 ? d0 : n[0];
        double rate = d * lr * Math.Sqrt(1 - Math.Pow(0.999, t)) / (1 - Math.Pow(0.9, t));
        double inner = 0, length = 0;
        for (int i = 0; i < w.Length; i++)
        {
            inner += g[i] * (s[3][i] - w[i]);
            s[0][i] = 0.9 * s[0][i] + 0.1 * (d * g[i]);
            s[1][i] = 0.999 * s[1][i] + 0.001 * (d * g[i]) * (d * g[i]);
            s[2][i] = b3 * s[2][i] + (safeguard ? d : rate) * (d * g[i]) / d0;
            length += Math.Abs(s[2][i]);
        }
        n[1] = b3 * n[1] + d / d0 * rate * inner;
        n[0] = Math.Max(d, coefficient * n[1] / length);
        for (int i = 0; i < w.Length; i++)
            w[i] += -rate * s[0][i] / (Math.Sqrt(s[1][i]) + n[0] * 1e-8) - decay * rate * w[i];
    };

    private static Formula DAdaptAdamW(double lr, double d0, double decay) => (w, g, t, s, n) =>
    {
        double d = t == 1 ? d0 : n[0], b3 = Math.Sqrt(0.999);
        double rate = d * lr * Math.Sqrt(1 - Math.Pow(0.999, t)) / (1 - Math.Pow(0.9, t));
        double inner = 0, length = 0;
        for (int i = 0; i < w.Length; i++)
        {
            inner += g[i] * (s[2][i] / (Math.Sqrt(s[1][i]) + 1e-8));
            s[0][i] = 0.9 * s[0][i] + 0.1 * rate * g[i];
            s[1][i] = 0.999 * s[1][i] + 0.001 * g[i] * g[i];
            s[2][i] = b3 * s[2][i] + (1 - b3) * rate * g[i];
            length += Math.Abs(s[2][i]);
        }
        n[1] = b3 * n[1] + (1 - b3) * rate * inner;
        n[0] = Math.Max(d, n[1] / ((1 - b3) * length));
        for (int i = 0; i < w.Length; i++)
            w[i] += -decay * rate * w[i] - s[0][i] / (Math.Sqrt(s[1][i]) + 1e-8);
    };
}
