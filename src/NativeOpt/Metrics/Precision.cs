namespace NativeOpt;

/// <summary>
/// The share of positive predictions that are right: TP / (TP + FP), 0 where nothing is positive. By default as Keras Precision:
/// all elements together, above 0.5 is positive. Of several classes: a <see cref="ClassCountMetric.Threshold"/> of null takes the
/// largest prediction of a row, and <see cref="ClassCountMetric.Average"/> chooses among scikit-learn's averages.
/// </summary>
public sealed class Precision : ClassCountMetric
{
    /// <summary>Named "precision".</summary>
    public Precision() : base("precision")
    {
        Threshold = 0.5;
        Average = MetricAverage.Micro;
    }

    private protected override double Ratio(double truePositives, double falsePositives, double falseNegatives) =>
        Quotient(truePositives, truePositives + falsePositives);
}
