namespace NativeOpt.Metrics;

/// <summary>The loss and the metrics a model was compiled with, in this order.</summary>
internal sealed class MetricSet
{
    private readonly Metric[] _metrics;

    /// <summary>Metrics by name, for a loss and a number of outputs.</summary>
    /// <exception cref="ArgumentException">A metric does not fit the loss.</exception>
    public MetricSet(IEnumerable<string> names, Loss loss, int outputs)
    {
        _metrics = [new MeanLoss(), .. names.Select(name => Metric.Create(name, loss, outputs))];
        Keys = [.. _metrics.Select(metric => metric.Key)];
    }

    /// <summary>"loss", then the metrics.</summary>
    public IReadOnlyList<string> Keys { get; }

    /// <summary>Whether a metric reads the predictions after the last activation.</summary>
    public bool NeedsPredictions => Array.Exists(_metrics, metric => metric.NeedsPredictions);

    /// <summary>Mean loss of the rows seen.</summary>
    public double Loss => _metrics[0].Value;

    public void Reset()
    {
        foreach (Metric metric in _metrics)
            metric.Reset();
    }

    public void Add(in BatchOutcome outcome)
    {
        foreach (Metric metric in _metrics)
            metric.Add(outcome);
    }

    /// <summary>Writes the values in the order of <see cref="Keys"/>.</summary>
    public void CopyTo(Span<double> values)
    {
        for (int i = 0; i < _metrics.Length; i++)
            values[i] = _metrics[i].Value;
    }
}
