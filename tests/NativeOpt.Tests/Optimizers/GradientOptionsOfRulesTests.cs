using NativeOpt.Interop;
using Xunit;

namespace NativeOpt.Tests.Optimizers;

/// <summary>Every rule under every option: it sees the gradients that the option makes, and does what it does by itself.</summary>
public class GradientOptionsOfRulesTests
{
    private const int Rows = 4, Columns = 3;

    /// <summary>An option, and what it makes of the gradients that have arrived since the last update.</summary>
    private sealed record Option(Func<OptimizerRule, OptimizerRule> Set, Func<double[][], double[], double[]> Make, int Steps = 1);

    private static readonly Dictionary<string, Option> Options = new()
    {
        ["clip value"] = new(rule => rule with { ClipValue = 0.3 }, (g, _) => Clipped(g[0], x => GradientClipping.ByValue(x, 0.3))),
        ["clip norm"] = new(rule => rule with { ClipNorm = 0.7 }, (g, _) => Clipped(g[0], x => GradientClipping.ByNorm(x, 0.7))),
        ["global norm"] = new(rule => rule with { GlobalClipNorm = 0.7, ClipNormOrder = 1 },
            (g, _) => Clipped(g[0], x => GradientClipping.ByGlobalNorm([x], 0.7, 1))),
        ["adaptive"] = new(rule => rule with { AdaptiveClip = 0.2 },
            (g, w) => Clipped(g[0], x => GradientClipping.Adaptive(x, w, Columns, 0.2))),
        ["centralized"] = new(rule => rule with { CentralizeGradients = true }, (g, _) => Centralized(g[0])),
        ["centralized and clipped"] = new(rule => rule with { CentralizeGradients = true, ClipNorm = 0.7 },
            (g, _) => Clipped(Centralized(g[0]), x => GradientClipping.ByNorm(x, 0.7))),
        ["centralized and adaptive"] = new(rule => rule with { CentralizeGradients = true, LossScaleFactor = 4, AdaptiveClip = 0.2 },
            (g, w) => Clipped(Centralized(Clipped(g[0], x => Scale(x, 0.25))), x => GradientClipping.Adaptive(x, w, Columns, 0.2))),
        ["centralized and accumulated"] = new(rule => rule with { CentralizeGradients = true, GradientAccumulationSteps = 2 },
            (g, _) => Centralized([.. g[0].Zip(g[1], (a, b) => (a + b) / 2)]), Steps: 2),
        ["unscaled"] = new(rule => rule with { LossScaleFactor = 4 }, (g, _) => Clipped(g[0], x => Scale(x, 0.25))),
        ["accumulated"] = new(rule => rule with { GradientAccumulationSteps = 2 },
            (g, _) => [.. g[0].Zip(g[1], (a, b) => (a + b) / 2)], Steps: 2),
        ["skipping"] = new(rule => rule with { NonFinite = NonFiniteGradients.Skip }, (g, _) => g[0]),
        ["zeroing"] = new(rule => rule with { NonFinite = NonFiniteGradients.Zero }, (g, _) => g[0]),
    };

    public static IEnumerable<object[]> RulesAndOptions =>
        from rule in ArrayRules.Unwrapped from option in Options.Keys select new object[] { rule, option };

    [Theory]
    [MemberData(nameof(RulesAndOptions))]
    public void Step_InDouble_IsThatOfTheRuleOnTheGradientsOfTheOption(string rule, string option)
    {
        Check(rule, option, "managed", NoptDtype.F64, 1e-9);
    }

    [SkippableTheory]
    [MemberData(nameof(RulesAndOptions))]
    public void Step_OnTheNativeBackend_IsThatOfTheRuleOnTheGradientsOfTheOption(string rule, string option)
    {
        Check(rule, option, "native-avx2", NoptDtype.F32, 2e-4);
    }

    private static void Check(string name, string option, string backend, NoptDtype dtype, double tolerance)
    {
        Option tested = Options[option];
        OptimizerRule rule = OptimizerRule.FromName(name);
        rule = rule with { LearningRate = Math.Min(rule.LearningRate, 0.01) };
        using var optimizer = new Optimizer(tested.Set(rule), TestBackends.Open(backend), dtype);
        using var plain = new Optimizer(rule, TestBackends.Open(backend), dtype);
        optimizer.Register("kernel", Rows, Columns);
        plain.Register("kernel", Rows, Columns);
        double[] weights = Values(0), expected = Values(0);
        for (int update = 1; update <= 4; update++)
        {
            double[][] gradients = [.. Enumerable.Range(0, tested.Steps).Select(i => Values(10 * update + i))];
            double[] made = tested.Make(gradients, expected);
            foreach (double[] gradient in gradients)
                Step(optimizer, weights, gradient, dtype);
            Step(plain, expected, made, dtype);
            for (int i = 0; i < weights.Length; i++)
                Assert.True(Math.Abs(weights[i] - expected[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])),
                    $"update {update}, weight {i}: {weights[i]:R}, expected {expected[i]:R}");
        }
        Assert.Equal(plain.StepCount, optimizer.StepCount);
    }

    private static void Step(Optimizer optimizer, double[] weights, double[] gradients, NoptDtype dtype)
    {
        if (dtype == NoptDtype.F64)
        {
            optimizer.StepDouble(("kernel", weights, gradients));
            return;
        }
        float[] w = Array.ConvertAll(weights, x => (float)x);
        optimizer.Step(new ParameterUpdate("kernel", w, Array.ConvertAll(gradients, x => (float)x)));
        for (int i = 0; i < w.Length; i++)
            weights[i] = w[i];
    }

    private static double[] Clipped(double[] gradients, Action<double[]> clip)
    {
        double[] clipped = [.. gradients];
        clip(clipped);
        return clipped;
    }

    /// <summary>Less the mean of each column.</summary>
    private static double[] Centralized(double[] gradients) =>
        [.. gradients.Select((g, i) => g - gradients.Where((_, j) => j % Columns == i % Columns).Average())];

    private static void Scale(double[] values, double factor)
    {
        foreach (ref double value in values.AsSpan())
            value *= factor;
    }

    private static double[] Values(int seed) =>
        [.. Enumerable.Range(0, Rows * Columns).Select(i => Math.Cos(1.3 * i + 2.1 * seed) + 0.25 * Math.Sin(seed))];
}
