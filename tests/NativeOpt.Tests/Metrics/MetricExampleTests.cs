using Xunit;

namespace NativeOpt.Tests.Metrics;

/// <summary>Metrics on the numbers of the examples in Keras' documentation, with and without weights.</summary>
public sealed class MetricExampleTests
{
    private static readonly double[] FourTargets = [0, 1, 1, 1];
    private static readonly double[] FourScores = [1, 0, 1, 1];

    public static TheoryData<string, Metric, double[], double[], int, double[], double> Examples => new()
    {
        { "binary accuracy", new BinaryAccuracy(), [0.98, 1, 0, 0.6], [1, 1, 0, 0], 1, [], 0.75 },
        { "binary accuracy", new BinaryAccuracy(), [0.98, 1, 0, 0.6], [1, 1, 0, 0], 1, [1, 0, 0, 1], 0.5 },
        { "threshold", new BinaryAccuracy { Threshold = 0.7 }, [0.98, 1, 0, 0.6], [1, 1, 0, 0], 1, [], 1 },
        { "top 1", new TopKCategoricalAccuracy(1), [0.1, 0.9, 0.8, 0.05, 0.95, 0], [0, 0, 1, 0, 1, 0], 3, [], 0.5 },
        { "top 1", new TopKCategoricalAccuracy(1), [0.1, 0.9, 0.8, 0.05, 0.95, 0], [0, 0, 1, 0, 1, 0], 3, [0.7, 0.3], 0.3 },
        { "top 2", new TopKCategoricalAccuracy(2), [0.1, 0.9, 0.8, 0.05, 0.95, 0], [0, 0, 1, 0, 1, 0], 3, [], 1 },
        { "categorical", new CategoricalAccuracy(), [0.1, 0.9, 0.8, 0.05, 0.95, 0], [0, 0, 1, 0, 1, 0], 3, [0.7, 0.3], 0.3 },
        { "precision", new Precision(), FourScores, FourTargets, 1, [], 2 / 3.0 },
        { "precision", new Precision(), FourScores, FourTargets, 1, [0, 0, 1, 0], 1 },
        { "recall", new Recall(), FourScores, FourTargets, 1, [], 2 / 3.0 },
        { "recall", new Recall(), FourScores, FourTargets, 1, [0, 0, 1, 0], 1 },
        { "rmse", new RootMeanSquaredError(), [1, 1, 0, 0], [0, 1, 0, 0], 2, [], 0.5 },
        { "rmse", new RootMeanSquaredError(), [1, 1, 0, 0], [0, 1, 0, 0], 2, [1, 0], 0.70710677 },
        { "cosine", "cosine_similarity", [1, 0, 1, 1], [0, 1, 1, 1], 2, [], 0.5 },
        { "cosine", "cosine_similarity", [1, 0, 1, 1], [0, 1, 1, 1], 2, [0.3, 0.7], 0.7 },
        { "hinge", "hinge", [0.6, 0.4, 0.4, 0.6], [0, 1, 0, 0], 2, [1, 0], 1.1 },
        { "r2", new R2Score(), [2, 4, 4], [1, 4, 3], 1, [], 0.57142854 },
        { "auc", new Auc(3), [0, 0.5, 0.3, 0.9], [0, 0, 1, 1], 1, [], 0.75 },
        { "auc", new Auc(3), [0, 0.5, 0.3, 0.9], [0, 0, 1, 1], 1, [1, 0, 0, 1], 1 },
        { "exact auc", new Auc { Exact = true }, [0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1], 1, [], 0.75 },
        { "average precision", new Auc { Exact = true, Curve = AucCurve.PrecisionRecall },
            [0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1], 1, [], 0.8333333333 },
        { "matthews", new MatthewsCorrelation(), [1, 0, 1, 1], [1, 1, 1, 0], 1, [], -1 / 3.0 },
        { "max error", new MaxError(), [1, 2, 7], [3, 2, 4], 1, [], 3 },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void Result_OfTheExample_IsTheDocumentedNumber(
        string name, Metric metric, double[] predictions, double[] targets, int columns, double[] weights, double expected)
    {
        metric.Update(new MetricBatch(predictions, targets, columns, weights));

        Assert.True(Math.Abs(expected - metric.Result) < 1e-6, $"{name}: {metric.Result} instead of {expected}");
        metric.Reset();
        metric.Update(new MetricBatch(predictions, targets, columns, weights));
        Assert.True(Math.Abs(expected - metric.Result) < 1e-6, $"{name} after a reset: {metric.Result} instead of {expected}");
    }

    [Fact]
    public void FScores_OfTheExamples_ArePerClass()
    {
        double[] targets = [1, 1, 1, 1, 0, 0, 1, 1, 0];
        double[] predictions = [0.2, 0.6, 0.7, 0.2, 0.6, 0.6, 0.6, 0.8, 0.0];
        var f1 = new F1Score { Threshold = 0.5 };
        var f2 = new FBetaScore(2) { Threshold = 0.5 };

        f1.Update(new MetricBatch(predictions, targets, 3));
        f2.Update(new MetricBatch(predictions, targets, 3));

        Assert.Equal([0.5, 0.8, 0.6666667], f1.PerClass.Select(value => Math.Round(value, 7)));
        Assert.Equal([0.3846154, 0.9090909, 0.8333333], f2.PerClass.Select(value => Math.Round(value, 7)));
        Assert.Equal(f2.PerClass.Average(), f2.Result, 1e-12);
    }

    // With very many thresholds the area from counts is the exact one; each sum over rectangles is on its side of it.
    [Fact]
    public void Areas_FromCounts_ComeNearTheExactOnes()
    {
        double[] scores = [.. Enumerable.Range(0, 400).Select(i => 0.5 + 0.5 * Math.Sin(1.3 * i))];
        double[] targets = [.. scores.Select((score, i) => score + Math.Cos(2.1 * i) > 0.5 ? 1.0 : 0)];
        foreach (AucCurve curve in Enum.GetValues<AucCurve>())
        {
            double Area(Auc auc)
            {
                auc.Update(new MetricBatch(scores, targets, 1));
                return auc.Result;
            }
            double exact = Area(new Auc { Exact = true, Curve = curve });
            double counted = Area(new Auc(20_000) { Curve = curve });

            // The average precision is a sum over rectangles, the area from counts is interpolated.
            Assert.Equal(exact, counted, curve == AucCurve.Roc ? 1e-3 : 1e-2);
            double middle = Area(new Auc(50) { Curve = curve });
            Assert.True(Area(new Auc(50) { Curve = curve, Summation = AucSummation.Minoring }) <= middle + 1e-12);
            Assert.True(Area(new Auc(50) { Curve = curve, Summation = AucSummation.Majoring }) >= middle - 1e-12);
        }
    }

    [Fact]
    public void Logits_InAUC_AreComparedAfterTheLogisticFunction()
    {
        double[] targets = [0, 0, 1, 1];
        var logits = new Auc { FromLogits = true };
        var probabilities = new Auc();

        logits.Update(new MetricBatch([-3, 0.5, -0.2, 4], targets, 1));
        probabilities.Update(new MetricBatch([.. new[] { -3, 0.5, -0.2, 4 }.Select(z => 1 / (1 + Math.Exp(-z)))], targets, 1));

        Assert.Equal(probabilities.Result, logits.Result);
    }
}
