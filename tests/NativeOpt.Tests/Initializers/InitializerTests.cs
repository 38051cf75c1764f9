using NativeOpt.Backends;
using NativeOpt.Initializers;
using NativeOpt.Interop;
using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Initializers;

public class InitializerTests
{
    private const int Inputs = 300;
    private const int Outputs = 100;

    public static TheoryData<string, double> Uniforms => new()
    {
        { "glorot_uniform", Math.Sqrt(6.0 / (Inputs + Outputs)) },
        { "xavier_uniform", Math.Sqrt(6.0 / (Inputs + Outputs)) },
        { "he_uniform", Math.Sqrt(6.0 / Inputs) },
        { "kaiming_uniform", Math.Sqrt(6.0 / Inputs) },
        { "kaiming_uniform(a=2)", Math.Sqrt(6.0 / 5 / Inputs) },
        { "xavier_uniform(gain=3)", 3 * Math.Sqrt(6.0 / (Inputs + Outputs)) },
        { "lecun_uniform", Math.Sqrt(3.0 / Inputs) },
        { "torch_default", 1 / Math.Sqrt(Inputs) },
        { "pytorch", 1 / Math.Sqrt(Inputs) },
        { "random_uniform", 0.05 },
        { "random_uniform(minval=-2, maxval=2)", 2 },
        { "variance_scaling(scale=3, mode=fan_out, distribution=uniform)", 3 / Math.Sqrt(Outputs) },
    };

    public static TheoryData<string, double> TruncatedNormals => new()
    {
        { "glorot_normal", Math.Sqrt(2.0 / (Inputs + Outputs)) },
        { "he_normal", Math.Sqrt(2.0 / Inputs) },
        { "lecun_normal", Math.Sqrt(1.0 / Inputs) },
        { "variance_scaling(scale=3, mode=fan_avg)", Math.Sqrt(6.0 / (Inputs + Outputs)) },
        { "truncated_normal", 0.05 * 0.87962566103423978 },
        { "truncated_normal(stddev=2)", 2 * 0.87962566103423978 },
    };

    public static TheoryData<string, double, double> Normals => new()
    {
        { "random_normal", 0, 0.05 },
        { "random_normal(mean=3, stddev=0.5)", 3, 0.5 },
        { "xavier_normal", 0, Math.Sqrt(2.0 / (Inputs + Outputs)) },
        { "xavier_normal(gain=2)", 0, 2 * Math.Sqrt(2.0 / (Inputs + Outputs)) },
        { "kaiming_normal", 0, Math.Sqrt(2.0 / Inputs) },
        { "kaiming_normal(mode=fan_out)", 0, Math.Sqrt(2.0 / Outputs) },
        { "variance_scaling(distribution=untruncated_normal)", 0, Math.Sqrt(1.0 / Inputs) },
    };

    [Theory]
    [MemberData(nameof(Uniforms))]
    public void Uniform_FillsItsWholeRangeEvenly(string name, double limit)
    {
        double[] values = Kernel(name, "managed");

        Assert.All(values, value => Assert.InRange(value, -limit, limit));
        Assert.InRange(values.Max(), 0.999 * limit, limit);
        Assert.InRange(values.Min(), -limit, -0.999 * limit);
        // 30,000 numbers: the standard error of the mean is 0.0033 limits, that of the variance 0.5 %.
        Assert.InRange(values.Average(), -0.015 * limit, 0.015 * limit);
        Assert.InRange(Variance(values) / (limit * limit / 3), 0.975, 1.025);
    }

    [Theory]
    [MemberData(nameof(Normals))]
    public void Normal_HasItsMeanAndDeviationAndTails(string name, double mean, double deviation)
    {
        double[] values = Kernel(name, "managed");

        Assert.InRange(values.Average(), mean - 0.03 * deviation, mean + 0.03 * deviation);
        Assert.InRange(Variance(values) / (deviation * deviation), 0.97, 1.03);
        // P(|z| > 2) = 0.0455.
        double outside = values.Count(value => Math.Abs(value - mean) > 2 * deviation) / (double)values.Length;
        Assert.InRange(outside, 0.0405, 0.0505);
    }

    [Theory]
    [MemberData(nameof(TruncatedNormals))]
    public void TruncatedNormal_IsCutAtTwoDeviationsAndKeepsTheVariance(string name, double deviation)
    {
        double[] values = Kernel(name, "managed");
        double cut = 2 * deviation / 0.87962566103423978;

        Assert.All(values, value => Assert.InRange(Math.Abs(value), 0, cut * 1.000001));
        Assert.InRange(values.Max(), 0.99 * cut, cut * 1.000001);
        Assert.InRange(values.Average(), -0.03 * deviation, 0.03 * deviation);
        Assert.InRange(Variance(values) / (deviation * deviation), 0.97, 1.03);
        // More in the middle than a uniform distribution has: P(|z| < 0.5 | |z| < 2) = 0.4012.
        double middle = values.Count(value => Math.Abs(value) < cut / 4) / (double)values.Length;
        Assert.InRange(middle, 0.385, 0.417);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.Native), MemberType = typeof(TestBackends))]
    public void Values_AreTheSameBitsOnEveryBackend(string backend)
    {
        Assert.Equal(Kernel("glorot_uniform", "managed"), Kernel("glorot_uniform", backend));
        Assert.Equal(Kernel("he_normal", "managed"), Kernel("he_normal", backend));
        Assert.Equal(Kernel("random_normal", "managed"), Kernel("random_normal", backend));
        Assert.Equal(Kernel("orthogonal", "managed"), Kernel("orthogonal", backend));
    }

    [Fact]
    public void Values_FollowFromTheSeed()
    {
        Assert.Equal(Kernel("he_normal", "managed", seed: 8), Kernel("he_normal", "managed", seed: 8));
        Assert.NotEqual(Kernel("he_normal", "managed", seed: 8), Kernel("he_normal", "managed", seed: 9));
    }

    [Fact]
    public void LayersOfOneShape_GetDifferentValues()
    {
        using var model = new Sequential(seed: 1) { new Dense(9, inputShape: 9), new Dense(9) };
        model.Build(9);

        Assert.NotEqual(TestModels.Parameter(model, "dense/kernel"), TestModels.Parameter(model, "dense_1/kernel"));
    }

    [Fact]
    public void Constants_FillTheirParameter()
    {
        using var model = new Sequential
        {
            new Dense(3, inputShape: 2, kernelInitializer: "ones", biasInitializer: new Constant(-0.25)),
            new Dense(2, kernelInitializer: "zeros"),
        };
        model.Build(2);

        Assert.All(TestModels.Parameter(model, "dense/kernel"), value => Assert.Equal(1, value));
        Assert.All(TestModels.Parameter(model, "dense/bias"), value => Assert.Equal(-0.25, value));
        Assert.All(TestModels.Parameter(model, "dense_1/kernel"), value => Assert.Equal(0, value));
    }

    [Fact]
    public void DefaultOfADenseLayer_IsGlorotUniformAndZeros()
    {
        using var plain = new Sequential(seed: 3) { new Dense(5, inputShape: 4) };
        using var named = new Sequential(seed: 3)
        {
            new Dense(5, inputShape: 4, kernelInitializer: "glorot_uniform", biasInitializer: "zeros"),
        };
        plain.Build(4);
        named.Build(4);

        Assert.Equal(TestModels.Parameters(named), TestModels.Parameters(plain));
    }

    [Fact]
    public void UnknownName_SuggestsTheNearest()
    {
        var failure = Assert.Throws<ArgumentException>(() => new Dense(1, kernelInitializer: "glorot_unifrom"));

        Assert.Contains("unknown initializer 'glorot_unifrom'; did you mean 'glorot_uniform'?", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    public void VarianceScaling_WithAScaleThatIsNotPositive_IsRefused(double scale)
    {
        var failure = Assert.Throws<ArgumentOutOfRangeException>(
            () => new VarianceScaling(scale, FanMode.Input, VarianceDistribution.Uniform));

        Assert.Equal("scale", failure.ParamName);
    }

    [Fact]
    public void VarianceScaling_ByOutputs_DividesByThem()
    {
        var scaling = new VarianceScaling(1, FanMode.Output, VarianceDistribution.Uniform);

        double[] values = Kernel(scaling, "managed", seed: 1);

        Assert.InRange(values.Max(), 0.999 * Math.Sqrt(3.0 / Outputs), Math.Sqrt(3.0 / Outputs));
    }

    [Fact]
    public unsafe void GlorotUniform_OfFansWhoseSumExceedsAnInt_KeepsItsLimit()
    {
        const int fan = int.MaxValue;
        var values = new double[1000];
        using var backend = TestBackends.Open("managed");
        fixed (double* data = values)
        {
            var target = new NoptMatrix { Data = data, Rows = 10, Columns = 100, Stride = 100, Dtype = (int)NoptDtype.F64 };
            Initializer.GlorotUniform.Fill(
                new InitializerTarget(target, "kernel", [10, 100], new Fans(fan, fan), new RandomSource(Seed: 1, Stream: 1)), backend);
        }

        double limit = Math.Sqrt(3.0 / fan);
        Assert.All(values, value => Assert.InRange(value, -limit, limit));
        Assert.InRange(values.Max(), 0.95 * limit, limit);
    }

    private static double[] Kernel(Initializer initializer, string backend, long seed = 1)
    {
        using var model = new Sequential(seed) { new Dense(Outputs, inputShape: Inputs, kernelInitializer: initializer) };
        IBackend opened = TestBackends.Open(backend);
        model.Compile(new Sgd(), "mse", null, opened);
        return TestModels.Parameter(model, "dense/kernel");
    }

    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Average(value => (value - mean) * (value - mean));
    }
}
