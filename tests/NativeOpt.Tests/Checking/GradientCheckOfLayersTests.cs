using NativeOpt.Tests.Layers;
using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Checking;

/// <summary>Every layer, activation and loss passes the public check, and wrong gradients do not.</summary>
public class GradientCheckOfLayersTests
{
    private static readonly Dictionary<string, Func<Layer>> Makers = new()
    {
        ["dense"] = () => new Dense(3),
        ["dense without bias"] = () => new Dense(3, "tanh", useBias: false),
        ["dropout"] = () => new Dropout(0.4),
        ["alpha dropout"] = () => new AlphaDropout(0.4),
        ["gaussian dropout"] = () => new GaussianDropout(0.4),
        ["gaussian noise"] = () => new GaussianNoise(0.4),
        ["rescaling"] = () => new Rescaling(-0.5, 3),
        ["batch normalization"] = () => new BatchNormalization(),
        ["batch normalization, PyTorch"] = () => new BatchNormalization(convention: Convention.PyTorch),
        ["batch normalization without gamma"] = () => new BatchNormalization(scale: false),
        ["batch normalization without beta"] = () => new BatchNormalization(center: false),
        ["batch normalization, frozen"] = () => new BatchNormalization { Trainable = false },
        ["layer normalization"] = () => new LayerNormalization(),
        ["layer normalization without gamma"] = () => new LayerNormalization(scale: false),
        ["rms normalization"] = () => new RMSNormalization(),
        ["custom layer"] = () => new OwnDense(3),
        ["custom layer that keeps numbers"] = () => new Square(),
    };

    public static TheoryData<string> Layers => [.. Makers.Keys];

    [Theory]
    [MemberData(nameof(Layers))]
    public void Layer_HasTheGradientsOfItsOutputs(string name)
    {
        foreach ((int columns, int rows) in new[] { (5, 6), (1, 4), (19, 3) })
        {
            GradientCheckResult result = GradientCheck.Layer(Makers[name](), columns, rows, seed: columns);

            Assert.True(result.LargestError < 1e-7, $"{columns} columns: {result}");
            Assert.True(result.Compared >= Math.Min(200, columns * rows), result.ToString());
        }
    }

    public static TheoryData<string> Activations => [.. Activation.KnownNames];

    [Theory]
    [MemberData(nameof(Activations))]
    public void Activation_HasTheDerivativeOfItsValues(string activation)
    {
        GradientCheckResult result = GradientCheck.Activation(activation, columns: 7);

        // PyTorch's derivative of hard_sigmoid, which is ours, is 1/6 in single precision.
        Assert.True(result.LargestError < (activation == "hard_sigmoid" ? 1e-7 : 1e-8), result.ToString());
    }

    public static TheoryData<string, Loss, string> Losses => new()
    {
        { "mse", new MeanSquaredError(), "numbers" },
        { "mae", new MeanAbsoluteError(), "numbers" },
        { "mape", new MeanAbsolutePercentageError(), "numbers" },
        { "msle", new MeanSquaredLogarithmicError(), "shares" },
        { "huber", new Huber(), "numbers" },
        { "smooth l1", new SmoothL1(), "numbers" },
        { "log cosh", new LogCosh(), "numbers" },
        { "cosine similarity", new CosineSimilarity(), "numbers" },
        { "poisson", new Poisson(), "shares" },
        { "kl divergence", new KLDivergence(), "shares" },
        { "binary", new BinaryCrossentropy(), "shares" },
        { "binary of logits", new BinaryCrossentropy { FromLogits = true, LabelSmoothing = 0.1 }, "shares" },
        { "binary focal", new BinaryFocalCrossentropy(), "shares" },
        { "categorical of logits", new CategoricalCrossentropy { FromLogits = true, LabelSmoothing = 0.1 }, "shares" },
        { "categorical focal", new CategoricalFocalCrossentropy(), "shares" },
        { "sparse of logits", new SparseCategoricalCrossentropy { FromLogits = true }, "labels" },
        { "hinge", new Hinge(), "signs" },
        { "squared hinge", new SquaredHinge(), "signs" },
        { "categorical hinge", new CategoricalHinge(), "shares" },
        { "dice", new Dice(), "shares" },
        { "tversky", new Tversky(), "shares" },
        { "weighted mean", new MeanSquaredError { Reduction = Reduction.Sum }, "numbers" },
    };

    [Theory]
    [MemberData(nameof(Losses))]
    public void Loss_HasTheGradientOfItsValue(string name, Loss loss, string kind)
    {
        float[,] y = { { 0.2f, 0.55f, 0.3f }, { 0.6f, 0.15f, 0.35f } };
        Targets targets = kind switch
        {
            "labels" => new[] { 1, 0 },
            "signs" => new float[,] { { 1, -1, 1 }, { -1, -1, 1 } },
            "shares" => new float[,] { { 0, 1, 0 }, { 0.5f, 0.25f, 0.25f } },
            _ => new float[,] { { -1, 0.5f, 2 }, { 0.7f, -0.4f, 0.25f } },
        };

        GradientCheckResult result = GradientCheck.Loss(loss, y, targets);

        Assert.True(result.LargestError < 1e-8, $"{name}: {result}");
        Assert.Equal(6, result.Compared);
    }

    [Fact]
    public void Model_HasTheGradientsOfItsLoss_AndKeepsItsWeights()
    {
        using var model = new Sequential(seed: 3)
        {
            new Dense(6, inputShape: 4), new BatchNormalization(), new Dropout(0.3), new OwnDense(5), new LayerNormalization(),
            new Dense(3, "softmax"),
        };
        model.Compile("adam", "sparse_categorical_crossentropy", ["accuracy"], BackendKind.Managed);
        float[,] x = TestModels.Waves(8, 4);
        int[] y = [0, 1, 2, 0, 1, 2, 1, 1];
        model.Fit(x, y, epochs: 2);
        double[] before = TestModels.Parameters(model);

        GradientCheckResult result = GradientCheck.Model(model, x, y);

        Assert.True(result.LargestError < 1e-7, result.ToString());
        Assert.Equal(model.TrainableParameterCount, result.Compared);
        Assert.Equal(before, TestModels.Parameters(model));
    }

    [Fact]
    public void WrongGradient_IsFoundAndNamed()
    {
        GradientCheckResult result = GradientCheck.Layer(new OwnDense(3) { Sign = -1 }, 4);

        Assert.True(result.LargestError > 0.1, result.ToString());
        Assert.StartsWith("own_dense/kernel[", result.Where, StringComparison.Ordinal);
        Assert.Equal(-result.Slope, result.Gradient, 1e-6);
        Assert.Contains("largest error", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Limit_SpreadsTheComparisonsOverLargeArrays()
    {
        Assert.Equal(3 * 10, GradientCheck.Layer(new Dense(20), 30, limit: 10).Compared);
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientCheck.Layer(new Dense(2), 3, limit: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientCheck.Layer(new Dense(2), 3, step: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientCheck.Layer(new Dense(2), inputColumns: 0));
    }

    [Fact]
    public void LayerOfAModel_StaysInIt()
    {
        using Sequential model = TestModels.Digits();
        float[,] kernel = model.GetWeights("dense/kernel");

        Assert.True(GradientCheck.Layer(model.Layers[0], 64, rows: 2).LargestError < 1e-7);

        Assert.Equal(kernel, model.GetWeights("dense/kernel"));
        model.TrainOnBatch(DigitsData.Rows(0, 8).X, DigitsData.Rows(0, 8).Y);
        Assert.NotEqual(kernel, model.GetWeights("dense/kernel"));
    }
}
