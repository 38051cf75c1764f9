using NativeOpt.Backends.Managed;
using NativeOpt.Interop;
using Xunit;

namespace NativeOpt.Tests.Optimizers;

/// <summary>Settings that optax alone has, against its formulas written out with every bias correction where optax has it.</summary>
public class OptaxFormTests
{
    private const double Rate = 0.01;
    private static readonly double[] Start = [0.5, -1.25, 2, 1e-3];

    /// <summary>Each row: what is tested, the rule, and one step of the formula on (w, g, t) with a state of two averages and a trace.</summary>
    public static TheoryData<string, OptimizerRule, Func<double, double, int, double[], double>> Rows => new()
    {
        { "adam", new Adam { LearningRate = Rate, Convention = Convention.PyTorch, EpsilonRoot = 1e-4 }, Adam(1e-7, 1e-4, nesterov: false) },
        {
            "adam, nesterov", new Adam { LearningRate = Rate, Convention = Convention.PyTorch, Nesterov = true },
            Adam(1e-7, 0, nesterov: true)
        },
        {
            "adamw", new AdamW { LearningRate = Rate, Convention = Convention.PyTorch, WeightDecay = 0, EpsilonRoot = 1e-4, Nesterov = true },
            Adam(1e-7, 1e-4, nesterov: true)
        },
        { "nadamw", new NAdamW { LearningRate = Rate, WeightDecay = 0, Nesterov = false }, Adam(1e-8, 0, nesterov: false) },
        { "rmsprop", new RMSprop { LearningRate = Rate, BiasCorrection = true }, RMSprop(true, true, false, 0, false, 0) },
        {
            "rmsprop, epsilon outside", new RMSprop { LearningRate = Rate, BiasCorrection = true, EpsilonInRoot = false, InitialScale = 0.5 },
            RMSprop(true, false, false, 0, false, 0.5)
        },
        {
            "rmsprop, centered", new RMSprop { LearningRate = Rate, Centered = true, BiasCorrection = true, Momentum = 0.7, InitialScale = 4 },
            RMSprop(true, true, true, 0.7, false, 4)
        },
        {
            "rmsprop, nesterov", new RMSprop { LearningRate = Rate, Momentum = 0.7, Nesterov = true },
            RMSprop(false, true, false, 0.7, true, 0)
        },
        {
            "rmsprop, all", new RMSprop
            {
                LearningRate = Rate, Centered = true, BiasCorrection = true, Momentum = 0.7, Nesterov = true, EpsilonInRoot = false,
                InitialScale = 4,
            },
            RMSprop(true, false, true, 0.7, true, 4)
        },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Step_WithASettingOfOptax_FollowsItsFormula(string row, OptimizerRule rule, Func<double, double, int, double[], double> formula)
    {
        using var optimizer = new Optimizer(rule, new ManagedBackend(), NoptDtype.F64);
        double[] actual = [.. Start], expected = [.. Start];
        double[][] states = [.. Start.Select(_ => new double[3])];
        for (int t = 1; t <= 20; t++)
        {
            double[] g = [.. Start.Select((_, i) => Math.Cos(3 * i + t) + 0.1 * i)];
            optimizer.StepDouble(actual, g);
            for (int i = 0; i < expected.Length; i++)
                expected[i] = formula(expected[i], g[i], t, states[i]);
            for (int i = 0; i < expected.Length; i++)
                Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-12, $"{row}, step {t}, weight {i}: {expected[i]:R} and {actual[i]:R}");
        }
    }

    private static Func<double, double, int, double[], double> Adam(double eps, double epsRoot, bool nesterov) => (w, g, t, s) =>
    {
        const double b1 = 0.9, b2 = 0.999;
        s[0] = b1 * s[0] + (1 - b1) * g;
        s[1] = b2 * s[1] + (1 - b2) * g * g;
        double mean = nesterov
            ? b1 * s[0] / (1 - Math.Pow(b1, t + 1)) + (1 - b1) * g / (1 - Math.Pow(b1, t))
            : s[0] / (1 - Math.Pow(b1, t));
        return w - Rate * mean / (Math.Sqrt(s[1] / (1 - Math.Pow(b2, t)) + epsRoot) + eps);
    };

    private static Func<double, double, int, double[], double> RMSprop(bool corrected, bool epsInRoot, bool centered, double momentum,
        bool nesterov, double start) => (w, g, t, s) =>
    {
        const double rho = 0.9, eps = 1e-7;
        if (t == 1)
            s[1] = start;
        s[0] = rho * s[0] + (1 - rho) * g;
        s[1] = rho * s[1] + (1 - rho) * g * g;
        double c = corrected ? 1 - Math.Pow(rho, t) : 1;
        double variance = s[1] / c - (centered ? Math.Pow(s[0] / c, 2) : 0);
        double u = Rate * g / (epsInRoot ? Math.Sqrt(variance + eps) : Math.Sqrt(variance) + eps);
        s[2] = momentum * s[2] + u;
        return w - (nesterov ? momentum * s[2] + u : s[2]);
    };
}
