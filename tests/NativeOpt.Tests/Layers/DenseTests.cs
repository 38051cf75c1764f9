using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Layers;

public class DenseTests
{
    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Predict_ComputesActivationOfProductPlusBias(string backend)
    {
        using var model = new Sequential { new Dense(2, "relu", inputShape: 3) };
        model.Compile(new Sgd(), "mse", null, TestBackends.Open(backend));
        model.SetWeights([new float[,] { { 1, 2 }, { 3, -4 }, { 5, 6 } }, new float[,] { { 0.5f, -1 } }]);

        float[,] y = model.Predict(new float[,] { { 1, 1, 1 }, { 0, 2, 0 } });

        Assert.Equal(new float[,] { { 9.5f, 3 }, { 6.5f, 0 } }, y);
    }

    [Theory]
    [InlineData("softmax", "sparse_categorical_crossentropy")]
    [InlineData("softmax", "categorical_crossentropy")]
    [InlineData("sigmoid", "binary_crossentropy")]
    public void Predict_BehindAFusedActivation_GivesProbabilities(string activation, string loss)
    {
        using var fused = new Sequential(seed: 5) { new Dense(3, activation, inputShape: 4) };
        using var plain = new Sequential(seed: 5) { new Dense(3, activation, inputShape: 4) };
        fused.Compile("sgd", loss, backend: BackendKind.Managed);
        plain.Compile("sgd", "mse", backend: BackendKind.Managed);
        float[,] x = TestModels.Waves(6, 4);

        Assert.Equal(plain.Predict(x), fused.Predict(x));
        Assert.Equal(plain.Forward(x), fused.Forward(x));
    }

    [Fact]
    public void Dense_WithoutBias_HasAKernelOnly()
    {
        using var model = new Sequential { new Dense(4, inputShape: 3, useBias: false) };
        model.Build(3);

        Assert.Equal(["dense/kernel"], model.ParameterNames);
        Assert.Equal(12, model.ParameterCount);
    }

    [Fact]
    public void Dense_WithoutBias_Learns()
    {
        using var model = new Sequential(seed: 1) { new Dense(1, inputShape: 2, useBias: false) };
        model.Compile(new Sgd { LearningRate = 0.1 }, "mse", backend: BackendKind.Managed);
        var x = new float[,] { { 1, 0 }, { 0, 1 }, { 1, 1 } };

        model.Fit(x, new float[] { 2, -3, -1 }, epochs: 400, batchSize: 3);

        Assert.All(model.GetWeights("dense/kernel").Cast<float>().Zip([2f, -3f]), pair => Assert.Equal(pair.Second, pair.First, 1e-3));
    }

    [Theory]
    [InlineData(0, null, "units is 0; it must be at least 1")]
    [InlineData(-3, null, "units is -3; it must be at least 1")]
    [InlineData(3, 0, "inputShape is 0; it must be at least 1")]
    public void Dense_WithASizeBelowOne_NamesIt(int units, int? inputShape, string message)
    {
        var failure = Assert.Throws<ArgumentOutOfRangeException>(() => new Dense(units, inputShape: inputShape));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rleu", "unknown activation 'rleu'; did you mean 'relu'?")]
    [InlineData("sigmoidal", "did you mean 'sigmoid'?")]
    [InlineData("quux", "Known: linear, relu, relu6, leaky_relu, elu")]
    public void Dense_WithAnUnknownActivation_SuggestsTheNearest(string name, string message)
    {
        var failure = Assert.Throws<ArgumentException>(() => new Dense(1, name));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    public void Dense_WithANameThatCannotBe_IsRefused(string name) =>
        Assert.Throws<ArgumentException>(() => new Dense(1, name: name));
}
