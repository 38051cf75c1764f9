using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Initializers;

public class InitializerTextTests
{
    public static TheoryData<string> Names => [.. Initializer.KnownNames.Where(name => !name.StartsWith("own", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Names))]
    [InlineData("constant(value=0.25)")]
    [InlineData("variance_scaling(scale=3, mode=fan_out, distribution=untruncated_normal)")]
    [InlineData("orthogonal(gain=2)")]
    public void ToString_OfAnyInitializer_IsReadAsTheSame(string text)
    {
        Initializer initializer = text;

        Assert.Equal(initializer, Initializer.FromName(initializer.ToString()));
    }

    [Theory]
    [InlineData("GlorotUniform", "glorot_uniform")]
    [InlineData("xavier_uniform", "glorot_uniform")]
    [InlineData("kaiming_uniform", "he_uniform")]
    [InlineData("eye", "identity(gain=1)")]
    [InlineData("RandomNormal(std=0.1)", "random_normal(mean=0, stddev=0.1)")]
    [InlineData("uniform(a=0, b=1)", "random_uniform(minval=0, maxval=1)")]
    [InlineData("trunc_normal(std=1)", "truncated_normal(mean=0, stddev=1)")]
    [InlineData("constant(val=1)", "ones")]
    [InlineData("variance_scaling(scale=2)", "he_normal")]
    [InlineData("pytorch", "torch_default")]
    public void FromName_UnderstandsTheNamesOfKerasAndPyTorch(string text, string expected) =>
        Assert.Equal(expected, Initializer.FromName(text).ToString());

    [Theory]
    [InlineData("he_normall", "unknown initializer 'he_normall'; did you mean 'he_normal'?")]
    [InlineData("zeros(value=1)", "unknown setting 'value'; zeros has none")]
    [InlineData("random_normal(stdev=1)", "unknown setting of random_normal 'stdev'; did you mean 'stddev'?")]
    [InlineData("random_normal(stddev=-1)", "standardDeviation is -1; it must be finite and not negative")]
    [InlineData("random_uniform(minval=1, maxval=1)", "high is 1; it must be above low, which is 1")]
    [InlineData("variance_scaling(scale=0)", "scale is 0; it must be finite and greater than 0")]
    [InlineData("variance_scaling(mode=fan)", "mode is 'fan'; it must be fan_in, fan_out or fan_avg")]
    [InlineData("constant(value=nan)", "value is NaN; it must be finite")]
    public void FromName_OfWhatCannotBe_SaysWhy(string text, string message)
    {
        var failure = Assert.ThrowsAny<ArgumentException>(() => Initializer.FromName(text));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void CustomInitializer_FillsItsParameterWithRandomNumbersOfItsOwn(string backend)
    {
        using var model = new Sequential(seed: 5)
        {
            new Dense(3, inputShape: 2, kernelInitializer: new Own(10), biasInitializer: new Own(20)),
        };
        model.Compile(new Sgd(), "mse", null, TestBackends.Open(backend));

        double[] kernel = TestModels.Parameter(model, "dense/kernel");
        Assert.All(kernel, value => Assert.InRange(value, 10, 11));
        Assert.Equal(6, kernel.Distinct().Count());
        Assert.All(TestModels.Parameter(model, "dense/bias"), value => Assert.InRange(value, 20, 21));
    }

    [Fact]
    public void Register_MakesANameMeanTheInitializer()
    {
        Initializer.Register("own_init", () => new Own(1));

        Assert.Equal(new Own(1), Initializer.FromName("Own-Init"));
        Assert.Contains("own_init", Initializer.KnownNames);
        var again = Assert.Throws<ArgumentException>(() => Initializer.Register("OwnInit", () => new Own(2)));
        Assert.Contains("there is an initializer 'OwnInit' already", again.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Initializer.Register("zeros", () => new Own(2)));
        Assert.Throws<ArgumentException>(() => Initializer.Register("a(b)", () => new Own(2)));
    }

    private sealed record Own(int First) : CustomInitializer
    {
        protected override void Fill(Span<float> values, ParameterInfo parameter)
        {
            Assert.Equal(parameter.Name == "dense/kernel" ? [2, 3] : [3], parameter.Shape);
            Assert.Equal((2, 3), (parameter.Inputs, parameter.Outputs));
            for (int i = 0; i < values.Length; i++)
                values[i] = First + (float)parameter.Uniform(i);
        }
    }
}
