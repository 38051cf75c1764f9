using NativeOpt.Text;

namespace NativeOpt.Cli.Replay.Kinds;

/// <summary>The metrics of scikit-learn by the names that files have for them.</summary>
internal static class KnownMetrics
{
    private static readonly (string Suffix, MetricAverage Average)[] Averages =
        [("_macro", MetricAverage.Macro), ("_micro", MetricAverage.Micro), ("_weighted", MetricAverage.Weighted)];

    private static readonly Dictionary<string, Func<double?, MetricAverage, Metric>> Counted = new()
    {
        ["precision"] = (threshold, average) => new Precision { Threshold = threshold, Average = average, Weighted = true },
        ["recall"] = (threshold, average) => new Recall { Threshold = threshold, Average = average, Weighted = true },
        ["f1"] = (threshold, average) => new F1Score { Threshold = threshold, Average = average, Weighted = true },
        ["f2"] = (threshold, average) => new FBetaScore(2) { Threshold = threshold, Average = average, Weighted = true },
        ["f0.5"] = (threshold, average) => new FBetaScore(0.5) { Threshold = threshold, Average = average, Weighted = true },
    };

    private static readonly Dictionary<string, Func<double, Metric>> Scored = new()
    {
        ["accuracy"] = threshold => new BinaryAccuracy { Threshold = threshold, Weighted = true },
        ["roc_auc"] = _ => new Auc { Exact = true, Weighted = true },
        ["average_precision"] = _ => new Auc { Exact = true, Curve = AucCurve.PrecisionRecall, Weighted = true },
        ["log_loss"] = _ => new LossMetric(new BinaryCrossentropy { Convention = Convention.PyTorch }) { Weighted = true },
        ["brier_score"] = _ => new LossMetric(new MeanSquaredError()) { Weighted = true },
        ["hinge_loss"] = _ => new LossMetric(new Hinge()) { Weighted = true },
    };

    private static readonly Dictionary<string, Func<Metric>> Classed = new()
    {
        ["accuracy"] = () => new SparseCategoricalAccuracy { Weighted = true },
        ["confusion_matrix"] = () => new ConfusionMatrix { Weighted = true },
        ["confusion_matrix_rows_true"] = () => new ConfusionMatrix { Weighted = true },
        ["matthews_corrcoef"] = () => new MatthewsCorrelation { Weighted = true },
        ["balanced_accuracy"] = () => new Recall { Threshold = null, Average = MetricAverage.Macro, Weighted = true },
    };

    private static readonly Dictionary<string, Func<Metric>> Numbered = new()
    {
        ["mse"] = () => new LossMetric(new MeanSquaredError()) { Weighted = true },
        ["rmse"] = () => new RootMeanSquaredError { Weighted = true },
        ["mae"] = () => new LossMetric(new MeanAbsoluteError()) { Weighted = true },
        ["msle"] = () => new LossMetric(new MeanSquaredLogarithmicError()) { Weighted = true },
        ["r2"] = () => new R2Score { Weighted = true },
        ["max_error"] = () => new MaxError(),
    };

    /// <summary>Whether a name is that of an average over classes: "f1_macro".</summary>
    public static bool IsAveragedOverClasses(string name) => Split(name) is not null;

    /// <summary>A metric of class numbers.</summary>
    /// <exception cref="ReplayException">The name is unknown.</exception>
    public static Metric OfClasses(string name) => Split(name) is var (metric, average)
        ? Counted[metric](null, average)
        : Classed.TryGetValue(name, out Func<Metric>? create) ? create() : throw Unknown(name, Classed.Keys);

    /// <summary>A metric of scores for two classes.</summary>
    /// <exception cref="ReplayException">The name is unknown.</exception>
    public static Metric OfScores(string name, double threshold) => Counted.TryGetValue(name, out var counted)
        ? counted(threshold, MetricAverage.Micro)
        : Scored.TryGetValue(name, out Func<double, Metric>? create) ? create(threshold) : throw Unknown(name, Scored.Keys);

    /// <summary>Whether a metric of two classes is about the classes that the threshold makes of the scores.</summary>
    public static bool NeedsClasses(string name) => Classed.ContainsKey(name) && !Scored.ContainsKey(name);

    /// <summary>A metric of numbers.</summary>
    /// <exception cref="ReplayException">The name is unknown.</exception>
    public static Metric OfNumbers(string name) =>
        Numbered.TryGetValue(name, out Func<Metric>? create) ? create() : throw Unknown(name, Numbered.Keys);

    private static (string Metric, MetricAverage Average)? Split(string name)
    {
        foreach ((string suffix, MetricAverage average) in Averages)
            if (name.EndsWith(suffix, StringComparison.Ordinal) && Counted.ContainsKey(name[..^suffix.Length]))
                return (name[..^suffix.Length], average);
        return null;
    }

    private static ReplayException Unknown(string name, IEnumerable<string> known) =>
        new(NearestName.Explain("metric", name, [.. Counted.Keys, .. known]));
}
