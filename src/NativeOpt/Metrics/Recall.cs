namespace NativeOpt;

/// <summary>
/// The share of positive targets that are found: TP / (TP + FN), 0 where there are none. By default as Keras Recall: all elements
/// together, above 0.5 is positive. Of several classes see <see cref="Precision"/>.
/// </summary>
public sealed class Recall : ClassCountMetric
{
    /// <summary>Named "recall".</summary>
    public Recall() : base("recall")
    {
        Threshold = 0.5;
        Average = MetricAverage.Micro;
    }

    private protected override double Ratio(double truePositives, double falsePositives, double falseNegatives) =>
        Quotient(truePositives, truePositives + falseNegatives);
}
