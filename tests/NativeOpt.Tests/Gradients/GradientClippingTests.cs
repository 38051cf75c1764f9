using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Tests.Golden;
using Xunit;

namespace NativeOpt.Tests.Gradients;

/// <summary>Clipping by hand and by an optimizer, against PyTorch and Keras.</summary>
public class GradientClippingTests
{
    private const double DoubleTolerance = 1e-12, FloatTolerance = 2e-6;

    private static readonly GoldenFile File = GoldenFile.Load("regularization_clip.json");

    public static TheoryData<string> Cases => [.. File.Cases.Where(golden => golden.Kind == "clip").Select(golden => golden.Name)];

    public static IEnumerable<object[]> CasesOnBackends =>
        from name in (IEnumerable<object[]>)Cases from backend in TestBackends.Names select new object[] { backend, name[0] };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Clip_InDouble_GivesTheGradientsAndTheNorm(string name)
    {
        double[][] gradients = GradientsOf(File[name], "inputs.gradients");
        double norm = Clip(File[name], gradients);
        AssertClose(File[name], [.. gradients], DoubleTolerance);
        if (File[name].Has("expected.total_norm"))
            Close.AssertOne(File[name].Number("expected.total_norm"), norm, DoubleTolerance, name);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Clip_InFloat_GivesTheGradientsAndTheNorm(string name)
    {
        float[][] gradients = [.. GradientsOf(File[name], "inputs.gradients").Select(g => Array.ConvertAll(g, x => (float)x))];
        double norm = Clip(File[name], gradients);
        AssertClose(File[name], [.. gradients.Select(g => Array.ConvertAll(g, x => (double)x))], FloatTolerance);
        if (File[name].Has("expected.total_norm"))
            Close.AssertOne(File[name].Number("expected.total_norm"), norm, FloatTolerance, name);
    }

    /// <summary>Gradient descent from 0 with rate 1: the new weights are the clipped gradients, negated.</summary>
    [SkippableTheory]
    [MemberData(nameof(CasesOnBackends))]
    public void Step_OfAnOptimizer_ClipsTheSame(string backend, string name)
    {
        OptimizerRule rule = RuleOf(File[name]);
        float[][] gradients = [.. GradientsOf(File[name], "inputs.gradients").Select(g => Array.ConvertAll(g, x => (float)x))];
        float[][] weights = [.. gradients.Select(g => new float[g.Length])];
        using var optimizer = new Optimizer(rule, TestBackends.Open(backend));
        for (int i = 0; i < gradients.Length; i++)
            optimizer.Register($"{i}", gradients[i].Length);
        optimizer.Step([.. gradients.Select((g, i) => new ParameterUpdate($"{i}", weights[i], g))]);
        AssertClose(File[name], [.. weights.Select(w => Array.ConvertAll(w, x => -(double)x))], FloatTolerance);
        if (File[name].Has("expected.total_norm"))
            Close.AssertOne(File[name].Number("expected.total_norm"), optimizer.LastGradientNorm, FloatTolerance, name);
        else if (rule.ClipValue is not null)
            Assert.Equal(double.NaN, optimizer.LastGradientNorm);
    }

    [Fact]
    public void Clip_OfGradientsThatAreNotFinite_GivesNaNOrIsRefused()
    {
        float[] infinite = [1, float.PositiveInfinity], nan = [1, float.NaN];
        Assert.Throws<NotFiniteNumberException>(() => { GradientClipping.ByNorm(infinite, 1, errorIfNonFinite: true); });
        Assert.Throws<NotFiniteNumberException>(() => { GradientClipping.ByGlobalNorm([nan], 1, errorIfNonFinite: true); });
        Assert.Equal([1, float.PositiveInfinity], infinite);
        Assert.Equal(double.NaN, GradientClipping.ByGlobalNorm([nan], 1, convention: Convention.PyTorch));
        Assert.Equal([float.NaN, float.NaN], nan);
        // PyTorch multiplies by c / infinity, Keras' global norm makes all of it NaN.
        GradientClipping.ByGlobalNorm([infinite], 1, convention: Convention.PyTorch);
        Assert.Equal([0, float.NaN], infinite);
        infinite = [1, float.PositiveInfinity];
        GradientClipping.ByGlobalNorm([infinite], 1);
        Assert.Equal([float.NaN, float.NaN], infinite);
        float[] values = [float.NaN, float.NegativeInfinity, 2];
        GradientClipping.ByValue(values, 1);
        Assert.Equal([float.NaN, -1, 1], values);
    }

    [Fact]
    public void Clip_WithBadArguments_SaysWhich()
    {
        AssertRefused("limit is 0; it must be finite and greater than 0", () => GradientClipping.ByValue(new float[1], 0));
        AssertRefused("limit is NaN", () => GradientClipping.ByNorm(new double[1], double.NaN));
        AssertRefused("order is -1; it must be greater than 0", () => GradientClipping.ByNorm(new float[1], 1, -1));
        AssertRefused("order is 0; it must be greater than 0", () => GradientClipping.Norm(new float[1], 0));
        AssertRefused("gradients", () => GradientClipping.ByGlobalNorm((IReadOnlyList<Memory<float>>)null!, 1));
        AssertRefused("units is 0; it must be at least 1", () => GradientClipping.Adaptive(new float[2], new float[2], 0, 1));
        AssertRefused("gradients has 2 elements, weights has 3", () => GradientClipping.Adaptive(new float[2], new float[3], 1, 1));
        AssertRefused("units is 2; it must divide them", () => GradientClipping.Adaptive(new float[3], new float[3], 2, 1));
        float[] same = [1, 2];
        AssertRefused("gradients shares memory with weights", () => GradientClipping.Adaptive(same, same, 1, 1));
        Assert.Equal(0, GradientClipping.ByGlobalNorm(Array.Empty<Memory<float>>(), 1));
        Assert.Equal(0, GradientClipping.Norm(ReadOnlySpan<float>.Empty));
    }

    /// <summary>The formula of optax, adaptive_grad_clip: units are columns, a vector is one.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Adaptive_LimitsEachUnitToAShareOfItsWeights(int units)
    {
        var random = new Random(5);
        double[] weights = [.. Enumerable.Range(0, 12).Select(i => i % units == 1 ? 0 : random.NextDouble() - 0.5)];
        double[] gradients = [.. Enumerable.Range(0, 12).Select(i => (random.NextDouble() - 0.5) * (i % units == 2 ? 1e-4 : 1))];
        double[] clipped = [.. gradients];
        GradientClipping.Adaptive(clipped, weights, units, 0.1);
        for (int unit = 0; unit < units; unit++)
        {
            double Norm(double[] x) => Math.Sqrt(x.Where((_, i) => i % units == unit).Sum(v => v * v));
            double limit = 0.1 * Math.Max(Norm(weights), 1e-3);
            double factor = Norm(gradients) < limit ? 1 : limit / Norm(gradients);
            Assert.Equal(unit == 2, factor == 1);
            for (int i = unit; i < 12; i += units)
                Assert.Equal(gradients[i] * factor, clipped[i], 1e-15);
        }
    }

    private static void AssertRefused(string message, Action action) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);

    private static double[][] GradientsOf(GoldenCase golden, string path) =>
        [.. Enumerable.Range(0, golden.Count(path)).Select(i => golden.Numbers($"{path}.{i}"))];

    private static void AssertClose(GoldenCase golden, double[][] actual, double tolerance)
    {
        double[][] expected = GradientsOf(golden, "expected.gradients");
        for (int i = 0; i < expected.Length; i++)
            Close.AssertAll(expected[i], actual[i], tolerance, $"{golden.Name}, gradient {i}");
    }

    private static Sgd RuleOf(GoldenCase golden)
    {
        var rule = new Sgd { LearningRate = 1, Convention = golden.Has("hyper.max_norm") ? Convention.PyTorch : Convention.Keras };
        foreach (System.Text.Json.JsonProperty hyper in golden.Json("hyper").EnumerateObject())
            rule = (Sgd)rule.FindSetting(hyper.Name).Write(rule, hyper.Value.ToString());
        return rule;
    }

    private static double Clip(GoldenCase golden, double[][] gradients)
    {
        OptimizerRule rule = RuleOf(golden);
        if (rule.GlobalClipNorm is { } global)
            return GradientClipping.ByGlobalNorm([.. gradients.Select(g => g.AsMemory())], global, rule.ClipNormOrder, rule.Convention);
        foreach (double[] gradient in gradients)
            if (rule.ClipNorm is { } limit)
                GradientClipping.ByNorm(gradient, limit);
            else
                GradientClipping.ByValue(gradient, rule.ClipValue!.Value);
        return double.NaN;
    }

    private static double Clip(GoldenCase golden, float[][] gradients)
    {
        OptimizerRule rule = RuleOf(golden);
        if (rule.GlobalClipNorm is { } global)
            return GradientClipping.ByGlobalNorm([.. gradients.Select(g => g.AsMemory())], global, rule.ClipNormOrder, rule.Convention);
        foreach (float[] gradient in gradients)
            if (rule.ClipNorm is { } limit)
                GradientClipping.ByNorm(gradient, limit);
            else
                GradientClipping.ByValue(gradient, rule.ClipValue!.Value);
        return double.NaN;
    }
}
