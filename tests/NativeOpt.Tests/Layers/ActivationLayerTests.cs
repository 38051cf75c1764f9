using NativeOpt.Interop;
using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Layers;

public class ActivationLayerTests
{
    public static TheoryData<string, string> Runs => OnEveryBackend(["gelu", "tanh", "leaky_relu(negative_slope=0.1)", "softmax"]);

    [SkippableTheory]
    [MemberData(nameof(Runs))]
    public void ActivationLayer_BehindADenseLayer_DoesWhatTheDenseLayerDoes(string backend, string activation)
    {
        using var apart = new Sequential(seed: 4) { new Dense(5, inputShape: 3), new ActivationLayer(activation), new Dense(2) };
        using var together = new Sequential(seed: 4) { new Dense(5, activation, inputShape: 3), new Dense(2) };
        (float[,] x, float[,] y) = (TestModels.Waves(7, 3), TestModels.Waves(7, 2, phase: 1));
        foreach (Sequential model in new[] { apart, together })
        {
            model.Compile(new Sgd { LearningRate = 0.1 }, "mse", null, TestBackends.Open(backend));
            model.Fit(x, y, epochs: 3, batchSize: 4, shuffle: false);
        }

        Assert.Equal(together.Predict(x), apart.Predict(x));
        Assert.Equal(TestModels.Parameters(together), TestModels.Parameters(apart));
    }

    [Fact]
    public void Softmax_BeforeACrossEntropy_IsComputedTogetherWithIt()
    {
        using var apart = new Sequential(seed: 4) { new Dense(3, inputShape: 4), new Softmax() };
        using var together = new Sequential(seed: 4) { new Dense(3, "softmax", inputShape: 4) };
        float[,] x = TestModels.Waves(6, 4);
        foreach (Sequential model in new[] { apart, together })
        {
            model.Compile("adam", TestModels.SparseLoss, ["accuracy"], backend: BackendKind.Managed);
            model.Fit(x, new[] { 0, 1, 2, 0, 1, 2 }, epochs: 3, batchSize: 6);
        }

        Assert.Equal(together.Predict(x), apart.Predict(x));
        Assert.Equal(TestModels.Parameters(together), TestModels.Parameters(apart));
    }

    [Fact]
    public void Layers_HaveTheFunctionsAndNamesOfKeras()
    {
        using var model = new Sequential
        {
            new ReLU(), new ReLU(maxValue: 2), new ReLU(negativeSlope: 0.25), new LeakyReLU(), new ELU(0.5), new ELU(),
            new ActivationLayer("softsign"), new Softmax(), new PReLU(),
        };

        Assert.Equal(
            ["re_lu", "re_lu_1", "re_lu_2", "leaky_re_lu", "elu", "elu_1", "activation", "softmax", "p_re_lu"],
            model.Layers.Select(layer => layer.Name));
        Assert.Equal(
            ["relu", "relu(max_value=2)", "leaky_relu(negative_slope=0.25)", "leaky_relu(negative_slope=0.3)", "elu(alpha=0.5)", "elu",
                "softsign", "softmax", null],
            model.Layers.Select(layer => layer.Activation?.ToString()));
    }

    [Fact]
    public void ReLU_WithTwoSettings_IsRefused()
    {
        var failure = Assert.Throws<ArgumentException>(() => new ReLU(maxValue: 6, negativeSlope: 0.1));

        Assert.Contains("maxValue and negativeSlope cannot both be given", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void PReLU_GradientsOfSlopesAndInput_AreTheSlopesOfTheLoss(bool shared)
    {
        using var model = new Sequential(NoptDtype.F64, seed: 3)
        {
            new Dense(4, inputShape: 3), new PReLU(new Constant(0.25), shared), new Dense(2),
        };
        model.Compile("sgd", "mse", backend: BackendKind.Managed);
        (float[,] x, float[,] y) = (TestModels.Waves(6, 3), TestModels.Waves(6, 2, phase: 1));
        var data = new InMemoryDataset(x, y);

        model.Forward(x);
        model.Backward(y);

        Assert.Equal(shared ? 1 : 4, TestModels.Parameter(model, "p_re_lu/alpha").Length);
        foreach (string name in (string[])["p_re_lu/alpha", "dense/kernel"])
        {
            double[] gradient = TestModels.Gradient(model, name);
            for (int i = 0; i < gradient.Length; i++)
                Assert.Equal(TestModels.Slope(model, data, name, i, step: 1e-5), gradient[i], 1e-8);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void PReLU_LearnsTheSlopeOfItsData(string backend)
    {
        using var model = new Sequential(seed: 1) { new PReLU() };
        model.Compile(new Sgd { LearningRate = 0.2 }, "mse", null, TestBackends.Open(backend));
        float[,] x = TestModels.Waves(32, 2);
        var y = new float[32, 2];
        for (int row = 0; row < 32; row++)
            for (int column = 0; column < 2; column++)
                y[row, column] = x[row, column] > 0 ? x[row, column] : (column == 0 ? 0.5f : -0.25f) * x[row, column];

        model.Fit(x, y, epochs: 60, batchSize: 8);

        double[] alpha = TestModels.Parameter(model, "p_re_lu/alpha");
        Assert.Equal(0.5, alpha[0], 1e-3);
        Assert.Equal(-0.25, alpha[1], 1e-3);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void TrainingStep_ThroughEveryKindOfLayer_AllocatesNothingAfterTheFirst(string backend)
    {
        using var model = new Sequential(seed: 1)
        {
            new Dense(8, "gelu", inputShape: 64), new PReLU(), new ActivationLayer("mish"), new Dense(10), new Softmax(),
        };
        model.Compile(new Sgd(), TestModels.SparseLoss, null, TestBackends.Open(backend));

        AllocationMarks.AssertStepsAllocateNothing(model);
    }

    private static TheoryData<string, string> OnEveryBackend(string[] activations)
    {
        var data = new TheoryData<string, string>();
        foreach (string backend in TestBackends.Names)
            foreach (string activation in activations)
                data.Add(backend, activation);
        return data;
    }
}
