namespace NativeOpt;

/// <summary>A metric that is a weighted mean: <see cref="Metric.Update(MetricBatch)"/> adds to both sums.</summary>
public abstract class MeanMetric : Metric
{
    private double _sum;
    private double _weight;

    /// <inheritdoc/>
    protected MeanMetric(string name) : base(name) { }

    /// <inheritdoc/>
    public override double Result => _sum / _weight;

    /// <inheritdoc/>
    public override void Reset() => (_sum, _weight) = (0, 0);

    /// <summary>Adds values and what they are divided by.</summary>
    /// <param name="sum">The sum of weight times value.</param>
    /// <param name="weight">The sum of weights.</param>
    protected internal void Add(double sum, double weight)
    {
        _sum += sum;
        _weight += weight;
    }
}
