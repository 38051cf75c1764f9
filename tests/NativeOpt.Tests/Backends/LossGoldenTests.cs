using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Tests.Golden;
using Xunit;

namespace NativeOpt.Tests.Backends;

/// <summary>Losses against PyTorch and Keras: value and gradient with respect to the predictions.</summary>
public sealed class LossGoldenTests
{
    private static readonly GoldenFile Losses = GoldenFile.Load("losses.json");

    public static TheoryData<string, string, string> Cases => ElementTypes.With(
    [
        "loss.mse", "loss.mse_sum", "loss.mse_sample_weight",
        "loss.bce_probabilities", "loss.bce_logits", "loss.bce_logits_extreme",
        "loss.categorical_ce_logits", "loss.categorical_ce_probabilities",
        "loss.sparse_categorical_ce_logits", "loss.sparse_categorical_ce_sum", "loss.sparse_categorical_ce_extreme",
    ]);

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public unsafe void Loss_ValueAndGradient_MatchTheReference(string backendName, string type, string caseName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        GoldenCase golden = Losses[caseName];
        NoptDtype dtype = ElementTypes.Parse(type);
        using TestMatrix y = TestDense.Matrix(dtype, golden.Rows("inputs.y_pred"));
        using TestMatrix targets = Targets(golden, dtype);
        using TestMatrix? weights = golden.Has("inputs.sample_weight")
            ? new TestMatrix(dtype, y.Rows, 1, golden.Numbers("inputs.sample_weight"))
            : null;
        using var dy = new TestMatrix(dtype, y.Rows, y.Columns);
        double scale = Scale(golden, caseName, y);
        double lossSum;

        backend.Run(new NoptLossArgs
        {
            Loss = (int)Kind(caseName),
            Flags = caseName.Contains("logits", StringComparison.Ordinal) || FromLogits(golden) ? (uint)NoptLossFlags.FromLogits : 0,
            GradientScale = scale,
            Y = y.Native,
            Targets = targets.Native,
            SampleWeights = weights?.Native ?? default,
            Dy = dy.Native,
            LossSum = &lossSum,
        });

        double tolerance = ElementTypes.Tolerance(dtype);
        Close.AssertOne(golden.Number("expected.loss"), lossSum * scale, tolerance, "loss");
        Close.AssertAll(golden.Numbers("expected.d_y_pred"), dy.Values(), tolerance, "gradient");
        if (golden.Has("expected.keras_loss"))
            Close.AssertOne(golden.Number("expected.keras_loss"), lossSum * scale, Math.Max(tolerance, 1e-9), "loss of Keras");
    }

    private static bool FromLogits(GoldenCase golden) =>
        golden.Has("hyper.from_logits") && golden.Json("hyper.from_logits").GetBoolean();

    private static NoptLoss Kind(string caseName) => caseName.Split('.')[1] switch
    {
        var name when name.StartsWith("mse", StringComparison.Ordinal) => NoptLoss.MeanSquaredError,
        var name when name.StartsWith("bce", StringComparison.Ordinal) => NoptLoss.BinaryCrossEntropy,
        var name when name.StartsWith("categorical", StringComparison.Ordinal) => NoptLoss.CategoricalCrossEntropy,
        _ => NoptLoss.SparseCategoricalCrossEntropy,
    };

    private static TestMatrix Targets(GoldenCase golden, NoptDtype dtype) => golden.Has("inputs.labels")
        ? new TestMatrix(NoptDtype.I32, golden.Count("inputs.labels"), 1, golden.Numbers("inputs.labels"))
        : TestDense.Matrix(dtype, golden.Rows("inputs.y_true"));

    /// <summary>The mean over rows; the two sums are over all elements, and a row of squared errors is a mean.</summary>
    private static double Scale(GoldenCase golden, string caseName, TestMatrix y) =>
        caseName.EndsWith("_sum", StringComparison.Ordinal)
            ? Kind(caseName) == NoptLoss.MeanSquaredError ? golden.Rows("inputs.y_true")[0].Length : 1
            : 1.0 / y.Rows;
}
