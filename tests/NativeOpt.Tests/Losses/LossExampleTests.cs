using Xunit;

namespace NativeOpt.Tests.Losses;

/// <summary>Losses and metrics on the numbers of the examples in Keras' documentation, or worked out by hand.</summary>
public sealed class LossExampleTests
{
    private static readonly float[,] Zeros = { { 0, 1 }, { 0, 0 } };
    private static readonly float[,] Shares = { { 0.6f, 0.4f }, { 0.4f, 0.6f } };
    private static readonly float[,] Classes = { { 0, 1, 0 }, { 0, 0, 1 } };
    private static readonly float[,] Probabilities = { { 0.05f, 0.95f, 0 }, { 0.1f, 0.8f, 0.1f } };
    private static readonly float[,] Logits = { { -18.6f, 0.51f }, { 2.94f, -12.8f } };
    private static readonly float[,] Counts = { { 1, 1 }, { 0, 0 } };
    private static readonly float[,] Masks = { { 1, 1, 0, 0 }, { 1, 1, 0, 0 } };
    private static readonly float[,] MaskPredictions = { { 0, 1, 0, 1 }, { 0.4f, 0, 0, 0.9f } };

    public static TheoryData<string, Loss, float[,], float[,], double> Examples => new()
    {
        { "bce", "bce", Shares, Zeros, 0.81492424 },
        { "cce", "categorical_crossentropy", Probabilities, Classes, 1.1769392 },
        { "focal", new CategoricalFocalCrossentropy(), Probabilities, Classes, 0.23315276 },
        { "binary focal", new BinaryFocalCrossentropy { Gamma = 3, FromLogits = true }, Logits, Zeros, 0.647 },
        { "balanced focal", new BinaryFocalCrossentropy { ApplyClassBalancing = true, FromLogits = true }, Logits, Zeros, 0.51 },
        { "kld", "kld", Shares, Zeros, 0.45814306 },
        { "poisson", "poisson", Counts, Zeros, 0.49999997 },
        { "msle", "msle", Counts, Zeros, 0.12011322 },
        { "log cosh", "log_cosh", Counts, Zeros, 0.10844523 },
        { "hinge", "hinge", Shares, Zeros, 1.3 },
        { "squared hinge", "squared_hinge", Shares, Zeros, 1.86 },
        { "categorical hinge", "categorical_hinge", Shares, Zeros, 1.4 },
        { "dice", "dice", MaskPredictions, Masks, 0.6164384 },
        { "dice of rows", new Dice { PerRow = true }, MaskPredictions, Masks, (0.5 + 0.75757575) / 2 },
        { "tversky", new Tversky { Alpha = 0.25 }, MaskPredictions, Masks, 1 - 1.4 / (1.4 + 0.25 * 1.9 + 0.5 * 2.6) },
        { "tversky of rows", new Tversky { PerRow = true }, MaskPredictions, Masks, (0.5 + 0.75757575) / 2 },
        { "cosine", "cosine_similarity", new float[,] { { 1, 0 }, { 1, 1 } }, new float[,] { { 0, 1 }, { 1, 1 } }, -0.5 },
        { "mape", "mape", new float[,] { { 3, 8 } }, new float[,] { { 2, 10 } }, 100 * (0.5 + 0.2) / 2 },
        { "smooth l1", new SmoothL1 { Beta = 2 }, new float[,] { { 1, 5 } }, new float[,] { { 0, 0 } }, (0.25 + 4) / 2 },
        { "huber", new Huber { Delta = 2 }, new float[,] { { 1, 5 } }, new float[,] { { 0, 0 } }, (0.5 + 8) / 2 },
        { "log poisson", "poisson_nll_loss", new float[,] { { 1, 0 } }, new float[,] { { 2, 0 } }, (Math.E - 2 + 1) / 2 },
        { "log kl", "kl_div", new float[,] { { -1, -2 } }, new float[,] { { 0.5f, 0 } }, 0.5 * (Math.Log(0.5) + 1) },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void Mean_OfTheExample_IsTheDocumentedNumber(string name, Loss loss, float[,] predictions, float[,] targets, double expected)
    {
        var metric = new LossMetric(loss);

        metric.Update(predictions, targets);

        Assert.True(Math.Abs(expected - metric.Result) < 6e-4 * Math.Max(1, Math.Abs(expected)) && Digits(expected, metric.Result),
            $"{name}: {metric.Result} instead of {expected}");
    }

    // The examples have three digits where the documentation has.
    private static bool Digits(double expected, double actual) =>
        Math.Abs(expected - actual) < (expected is 0.647 or 0.51 ? 2e-3 : 2e-6);

    [Fact]
    public void SparseLoss_OfTheExample_IsThatOfRows()
    {
        var metric = new LossMetric("sparse_categorical_crossentropy");

        metric.Update(Probabilities, new[] { 1, 2 });

        Assert.Equal(1.1769392, metric.Result, 1e-6);
    }
}
