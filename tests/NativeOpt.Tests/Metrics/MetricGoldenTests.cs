using NativeOpt.Tests.Golden;
using Xunit;

namespace NativeOpt.Tests.Metrics;

/// <summary>Metrics against scikit-learn.</summary>
public sealed class MetricGoldenTests
{
    private const double Tolerance = 1e-12;

    private static readonly GoldenFile File = GoldenFile.Load("metrics.json");

    public static TheoryData<string, Metric> OfClasses => new()
    {
        { "accuracy", new SparseCategoricalAccuracy() },
        { "accuracy", new ConfusionMatrix() },
        { "precision_macro", new Precision { Threshold = null, Average = MetricAverage.Macro } },
        { "recall_macro", new Recall { Threshold = null, Average = MetricAverage.Macro } },
        { "f1_macro", new F1Score { Average = MetricAverage.Macro } },
        { "f1_micro", new F1Score { Average = MetricAverage.Micro } },
        { "f1_weighted", new F1Score { Average = MetricAverage.Weighted } },
    };

    public static TheoryData<string, Metric> OfScores => new()
    {
        { "accuracy", new BinaryAccuracy() },
        { "precision", new Precision() },
        { "recall", new Recall() },
        { "f1", new F1Score { Threshold = 0.5 } },
        { "roc_auc", new Auc { Exact = true } },
        { "log_loss", "log_loss" },
    };

    public static TheoryData<string, Metric> OfNumbers => new()
    {
        { "mse", "mse" },
        { "mae", "mae" },
        { "r2", new R2Score() },
        { "max_error", new MaxError() },
    };

    [Theory]
    [MemberData(nameof(OfClasses))]
    public void Classes_MatchTheReference(string expected, Metric metric)
    {
        GoldenCase golden = File["metrics.multiclass"];
        int[] labels = golden.Integers("inputs.y_true");
        double[] predictions = [.. golden.Integers("inputs.y_pred").SelectMany(
            label => Enumerable.Range(0, 4).Select(i => i == label ? 1.0 : 0))];

        // In two batches.
        metric.Update(new MetricBatch(predictions.AsSpan(0, 4 * 25), labels.AsSpan(0, 25), 4));
        metric.Update(new MetricBatch(predictions.AsSpan(4 * 25), labels.AsSpan(25), 4));

        Close.AssertOne(golden.Number($"expected.{expected}"), metric.Result, Tolerance, expected);
        if (metric is ConfusionMatrix matrix)
            Assert.Equal(golden.Numbers("expected.confusion_matrix_rows_true"), matrix.ToArray().Cast<double>());
    }

    [Theory]
    [MemberData(nameof(OfScores))]
    public void Scores_MatchTheReference(string expected, Metric metric) => AssertMatches("metrics.binary", "score", expected, metric);

    [Theory]
    [MemberData(nameof(OfNumbers))]
    public void Numbers_MatchTheReference(string expected, Metric metric) =>
        AssertMatches("metrics.regression", "y_pred", expected, metric);

    private static void AssertMatches(string caseName, string input, string expected, Metric metric)
    {
        GoldenCase golden = File[caseName];
        double[] targets = golden.Numbers("inputs.y_true");
        double[] predictions = golden.Numbers($"inputs.{input}");

        metric.Update(new MetricBatch(predictions.AsSpan(0, 13), targets.AsSpan(0, 13), 1));
        metric.Update(new MetricBatch(predictions.AsSpan(13), targets.AsSpan(13), 1));

        Close.AssertOne(golden.Number($"expected.{expected}"), metric.Result, Tolerance, expected);
    }
}
