using Xunit;

namespace NativeOpt.Tests.Losses;

/// <summary>Names, and settings that are refused.</summary>
public sealed class LossSettingsTests
{
    public static TheoryData<string, Action, string> Invalid => new()
    {
        { "delta 0", () => _ = new Huber { Delta = 0 }, "Delta is 0; it must be finite and greater than 0" },
        { "beta -1", () => _ = new SmoothL1 { Beta = -1 }, "Beta is -1; it must be finite and not negative" },
        { "mape epsilon", () => _ = new MeanAbsolutePercentageError { Epsilon = 0 }, "Epsilon is 0" },
        { "msle epsilon", () => _ = new MeanSquaredLogarithmicError { Epsilon = double.NaN }, "Epsilon is NaN" },
        { "cosine epsilon", () => _ = new CosineSimilarity { Epsilon = 0 }, "Epsilon is 0" },
        { "poisson epsilon", () => _ = new Poisson { Epsilon = -1 }, "Epsilon is -1" },
        { "kl epsilon", () => _ = new KLDivergence { Epsilon = 0 }, "Epsilon is 0" },
        { "dice epsilon", () => _ = new Dice { Epsilon = 0 }, "Epsilon is 0" },
        { "tversky alpha", () => _ = new Tversky { Alpha = -0.5 }, "Alpha is -0.5" },
        { "tversky beta", () => _ = new Tversky { Beta = double.PositiveInfinity }, "Beta is Infinity" },
        { "tversky epsilon", () => _ = new Tversky { Epsilon = 0 }, "Epsilon is 0" },
        { "gamma", () => _ = new BinaryFocalCrossentropy { Gamma = -1 }, "Gamma is -1" },
        { "alpha", () => _ = new BinaryFocalCrossentropy { Alpha = 1.5 }, "Alpha is 1.5; it must be at least 0 and at most 1" },
        { "categorical gamma", () => _ = new CategoricalFocalCrossentropy { Gamma = -1 }, "Gamma is -1" },
        { "categorical alpha", () => _ = new CategoricalFocalCrossentropy { Alpha = -1 }, "Alpha is -1" },
        { "binary smoothing", () => _ = new BinaryCrossentropy { LabelSmoothing = 1.1 }, "LabelSmoothing is 1.1" },
        { "smoothing", () => _ = new CategoricalCrossentropy { LabelSmoothing = -0.1 }, "LabelSmoothing is -0.1" },
        { "sparse smoothing", () => _ = new SparseCategoricalCrossentropy { LabelSmoothing = 2 }, "LabelSmoothing is 2" },
        { "focal smoothing", () => _ = new CategoricalFocalCrossentropy { LabelSmoothing = 2 }, "LabelSmoothing is 2" },
        { "reduction", () => _ = new Hinge { Reduction = (Reduction)9 }, "Reduction is 9" },
        { "logarithms", () => Compile(new KLDivergence { LogTargets = true }), "LogTargets is true and LogInput is false" },
        { "class weights", () => Compile(new CategoricalCrossentropy { ClassWeights = [1, 2, 3] }), "has 3 ClassWeights" },
        { "metric of them", () => _ = new LossMetric(new KLDivergence { LogTargets = true }), "LogTargets is true" },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Setting_OutOfRange_IsRefusedWithItsLimit(string name, Action set, string sentence)
    {
        Exception exception = Assert.ThrowsAny<ArgumentException>(set);

        Assert.True(exception.Message.Contains(sentence, StringComparison.Ordinal), $"{name}: {exception.Message}");
    }

    [Theory]
    [InlineData("MeanSquaredError", "mean_squared_error")]
    [InlineData("MAE", "mean_absolute_error")]
    [InlineData("l1_loss", "mean_absolute_error")]
    [InlineData("mape", "mean_absolute_percentage_error")]
    [InlineData("huber_loss", "huber")]
    [InlineData("smooth_l1", "smooth_l1")]
    [InlineData("logcosh", "log_cosh")]
    [InlineData("KLD", "kl_divergence")]
    [InlineData("CategoricalFocalCrossentropy", "categorical_focal_crossentropy")]
    [InlineData("cross_entropy", "sparse_categorical_crossentropy")]
    public void Name_OfEitherFramework_GivesTheLoss(string name, string loss) => Assert.Equal(loss, Loss.FromName(name).Name);

    [Fact]
    public void Name_OfPyTorch_HasItsSettings()
    {
        Assert.Equal(new BinaryCrossentropy { FromLogits = true }, (Loss)"binary_cross_entropy_with_logits");
        Assert.Equal(new Poisson { LogInput = true, Epsilon = 1e-8 }, (Loss)"poisson_nll_loss");
        Assert.Equal(new KLDivergence { LogInput = true, Reduction = Reduction.MeanOverElements }, (Loss)"kl_div");
        Assert.Equal(-100, ((SparseCategoricalCrossentropy)(Loss)"cross_entropy").IgnoreClass);
    }

    [Fact]
    public void Register_MakesALossAndAMetricOfThatName()
    {
        Loss.Register("test_shifted_hinge", () => new Hinge { Reduction = Reduction.Sum });

        Assert.Equal(Reduction.Sum, ((Loss)"TestShiftedHinge").Reduction);
        Assert.Equal("test_shifted_hinge", Metric.FromName("test_shifted_hinge").Name);
        Assert.Throws<ArgumentException>(() => Loss.Register("MSE", () => new Hinge()));
        Assert.Throws<ArgumentException>(() => Metric.Register("Accuracy", () => new MaxError()));
    }

    private static void Compile(Loss loss)
    {
        using var model = new Sequential { new Dense(2, inputShape: 1) };
        model.Compile("sgd", loss, backend: BackendKind.Managed);
    }
}
