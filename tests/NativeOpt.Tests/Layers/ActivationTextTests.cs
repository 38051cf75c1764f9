using NativeOpt.Tests.Backends;
using Xunit;

namespace NativeOpt.Tests.Layers;

public class ActivationTextTests
{
    public static TheoryData<string> Texts => [.. TestActivations.Texts];

    [Theory]
    [MemberData(nameof(Texts))]
    public void ToString_OfAnyActivation_IsReadAsTheSame(string text)
    {
        Activation activation = text;

        Assert.Equal(activation, Activation.FromName(activation.ToString()));
        Assert.Equal(text.Split('(')[0], activation.Name);
    }

    [Theory]
    [InlineData("swish", "silu")]
    [InlineData("Hardswish", "hard_silu")]
    [InlineData("hard_swish", "hard_silu")]
    [InlineData("LeakyReLU", "leaky_relu")]
    [InlineData("leaky_relu(negative_slope=0.2)", "leaky_relu")]
    [InlineData("leaky_relu(alpha=0.01)", "leaky_relu(negative_slope=0.01)")]
    [InlineData("LogSoftmax(dim=1)", "log_softmax")]
    [InlineData("softmax(axis=-1)", "softmax")]
    [InlineData("gelu(approximate=tanh)", "gelu_tanh")]
    [InlineData("gelu(approximate=true)", "gelu_tanh")]
    [InlineData("gelu(approximate=none)", "gelu")]
    [InlineData("relu(max_value=6)", "relu6")]
    [InlineData("relu(max_value=2.5)", "relu(max_value=2.5)")]
    [InlineData("relu(negative_slope=0.1, max_value=none)", "leaky_relu(negative_slope=0.1)")]
    [InlineData("softshrink(lambd=0.25)", "soft_shrink(threshold=0.25)")]
    [InlineData(" ELU ( alpha = 0.5 ) ", "elu(alpha=0.5)")]
    [InlineData("identity", "linear")]
    [InlineData("exp", "exponential")]
    public void FromName_UnderstandsTheNamesOfKerasAndPyTorch(string text, string expected) =>
        Assert.Equal(expected, Activation.FromName(text).ToString());

    [Theory]
    [InlineData("leaky_relo", "unknown activation 'leaky_relo'; did you mean 'leaky_relu'?")]
    [InlineData("elu(alhpa=1)", "unknown setting of elu 'alhpa'; did you mean 'alpha'?")]
    [InlineData("tanh(alpha=1)", "unknown setting 'alpha'; tanh has none")]
    [InlineData("elu(alpha=1, alpha=2)", "elu sets alpha twice")]
    [InlineData("elu(alpha=x)", "alpha is 'x'; it must be a number")]
    [InlineData("elu(alpha=-1)", "alpha is -1; it must be finite and not negative")]
    [InlineData("celu(alpha=0)", "alpha is 0; it must be finite and greater than 0")]
    [InlineData("softmax(axis=0)", "axis is 0; softmax works along the last axis, -1")]
    [InlineData("gelu(approximate=erf)", "approximate is 'erf'; it must be none or tanh")]
    [InlineData("relu(max_value=6, negative_slope=0.1)", "not supported; leave one of them out")]
    [InlineData("relu(threshold=1)", "threshold must be 0")]
    [InlineData("elu(alpha=1", "must have the form name(setting=value, setting=value)")]
    public void FromName_OfWhatCannotBe_SaysWhy(string text, string message)
    {
        var failure = Assert.ThrowsAny<ArgumentException>(() => Activation.FromName(text));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameter_OutOfRange_IsRefusedByName()
    {
        Assert.Equal("negativeSlope", Assert.Throws<ArgumentOutOfRangeException>(() => Activation.LeakyRelu(-0.1)).ParamName);
        Assert.Equal("beta", Assert.Throws<ArgumentOutOfRangeException>(() => Activation.Silu(0)).ParamName);
        Assert.Equal("beta", Assert.Throws<ArgumentOutOfRangeException>(() => Activation.Softplus(double.NaN)).ParamName);
        Assert.Equal("maxValue", Assert.Throws<ArgumentOutOfRangeException>(() => Activation.CappedRelu(0)).ParamName);
        Assert.Equal("b", Assert.Throws<ArgumentOutOfRangeException>(() => Activation.Squareplus(double.PositiveInfinity)).ParamName);
    }

    [Fact]
    public void Activations_AreEqualByFunctionAndParameter()
    {
        Assert.Equal(Activation.LeakyRelu(0.1), (Activation)"leaky_relu(negative_slope=0.1)");
        Assert.NotEqual(Activation.LeakyRelu(0.1), Activation.LeakyRelu());
        Assert.NotEqual(Activation.Elu(), Activation.Celu());
        Assert.Equal(0.1, Activation.LeakyRelu(0.1).Parameter);
        Assert.Null(Activation.Gelu.Parameter);
    }
}
