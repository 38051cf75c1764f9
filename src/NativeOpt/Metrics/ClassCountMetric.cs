using NativeOpt.Metrics;

namespace NativeOpt;

/// <summary>What precision, recall and F-scores share: counts of each class, a threshold and an average.</summary>
public abstract class ClassCountMetric : Metric
{
    private readonly Func<double, double, double, double> _ratio;
    private ClassCounts _counts = new();

    private protected ClassCountMetric(string name) : base(name) => _ratio = Ratio;

    /// <summary>
    /// Predictions above it are positive. Null: the largest of a row is (of equal ones all, and none where they are 0).
    /// </summary>
    public double? Threshold { get; init; }

    /// <summary>How the numbers of the classes become one.</summary>
    public MetricAverage Average { get; init; }

    /// <summary>The number of each class; empty before the first batch.</summary>
    public double[] PerClass => [.. Enumerable.Range(0, _counts.Columns).Select(column => _counts.Of(column, _ratio))];

    /// <inheritdoc/>
    public override double Result => _counts.Average(Average, _ratio);

    /// <inheritdoc/>
    public override void Reset() => _counts.Reset();

    /// <inheritdoc/>
    public override void Update(MetricBatch batch) => _counts.Add(batch, Threshold);

    /// <inheritdoc/>
    protected internal override Metric Copy()
    {
        var copy = (ClassCountMetric)base.Copy();
        copy._counts = new ClassCounts();
        return copy;
    }

    /// <summary>The number of a class from its true positives, false positives and false negatives; 0 where it would be 0 / 0.</summary>
    private protected abstract double Ratio(double truePositives, double falsePositives, double falseNegatives);

    /// <summary>0 where the denominator is.</summary>
    private protected static double Quotient(double numerator, double denominator) => denominator == 0 ? 0 : numerator / denominator;
}
