using NativeOpt.Metrics;

namespace NativeOpt.Saving;

/// <summary>The metrics of this library with their settings. Name and weights, which all have, are written beside them.</summary>
internal static class MetricForms
{
    /// <summary>By the names of the metrics.</summary>
    public static FormTable<Metric> Table { get; } = new(
        "metric",
        Form("accuracy", _ => new AutoAccuracy(), _ => None),
        Form("binary_accuracy", s => new BinaryAccuracy { Threshold = s.Number("threshold", 0.5) },
            metric => None.With("threshold", metric.Threshold, 0.5)),
        Form("categorical_accuracy", _ => new CategoricalAccuracy(), _ => None),
        Form("sparse_categorical_accuracy", _ => new SparseCategoricalAccuracy(), _ => None),
        Form("top_k_categorical_accuracy", s => new TopKCategoricalAccuracy(s.Size("k")), metric => None.With("k", metric.K)),
        Form("sparse_top_k_categorical_accuracy", s => new SparseTopKCategoricalAccuracy(s.Size("k")), metric => None.With("k", metric.K)),
        Form("precision", s => new Precision { Threshold = s.OptionalNumber("threshold"), Average = Average(s) }, Counts),
        Form("recall", s => new Recall { Threshold = s.OptionalNumber("threshold"), Average = Average(s) }, Counts),
        Form("f1_score", s => new F1Score { Threshold = s.OptionalNumber("threshold"), Average = Average(s) }, Counts),
        Form("fbeta_score", s => new FBetaScore(s.Number("beta")) { Threshold = s.OptionalNumber("threshold"), Average = Average(s) },
            metric => Counts(metric).With("beta", metric.Beta)),
        Form("auc", ReadAuc, metric => None.With("num_thresholds", metric.NumThresholds).With("curve", metric.Curve)
            .With("summation", metric.Summation).With("exact", metric.Exact, false).With("from_logits", metric.FromLogits, false)),
        Form("confusion_matrix", _ => new ConfusionMatrix(), _ => None),
        Form("matthews_correlation", _ => new MatthewsCorrelation(), _ => None),
        Form("root_mean_squared_error", _ => new RootMeanSquaredError(), _ => None),
        Form("r2_score", _ => new R2Score(), _ => None),
        Form("max_error", _ => new MaxError(), _ => None));

    private static ScheduleSettings None => new();

    private static ObjectForm<Metric> Form<TMetric>(
        string name, Func<ScheduleSettings, TMetric> read, Func<TMetric, ScheduleSettings> write) where TMetric : Metric =>
        ObjectForm<Metric>.Create(name, read, write);

    private static ScheduleSettings Counts(ClassCountMetric metric) =>
        None.With("threshold", metric.Threshold).With("average", metric.Average);

    private static MetricAverage Average(ScheduleSettings s) => s.Choice("average", default(MetricAverage));

    private static Auc ReadAuc(ScheduleSettings s) => new(s.Size("num_thresholds"))
    {
        Curve = s.Choice("curve", default(AucCurve)),
        Summation = s.Choice("summation", default(AucSummation)),
        Exact = s.Flag("exact"),
        FromLogits = s.Flag("from_logits"),
    };
}
