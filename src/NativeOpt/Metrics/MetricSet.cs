using System.Numerics.Tensors;
using NativeOpt.Interop;

namespace NativeOpt.Metrics;

/// <summary>The loss and the metrics a model was compiled with, in this order.</summary>
internal sealed class MetricSet
{
    private readonly MeanLoss _loss = new();
    private readonly Metric[] _metrics;

    // Metrics compute in double: the numbers of a batch are widened once for all of them.
    private double[] _predictions = [];
    private double[] _targets = [];
    private double[] _weights = [];

    /// <summary>Metrics that fit the loss, which the set then owns.</summary>
    public MetricSet(IEnumerable<Metric> metrics)
    {
        _metrics = [.. metrics];
        Keys = ["loss", .. _metrics.Select(metric => metric.Name)];
    }

    /// <summary>"loss", then the metrics.</summary>
    public IReadOnlyList<string> Keys { get; }

    /// <summary>Whether a metric reads the predictions after the last activation.</summary>
    public bool NeedsPredictions => Array.Exists(_metrics, metric => metric.NeedsPredictions);

    /// <summary>Mean loss of the rows seen.</summary>
    public double Loss => _loss.Result;

    public void Reset()
    {
        _loss.Reset();
        foreach (Metric metric in _metrics)
            metric.Reset();
    }

    public void Add(in BatchOutcome outcome)
    {
        _loss.Add(outcome);
        foreach (Metric metric in _metrics)
        {
            if (metric is CountedAccuracy counted)
                counted.Add(outcome);
        }
        if (NeedsPredictions)
            AddPredictions(outcome);
    }

    /// <summary>Writes the values in the order of <see cref="Keys"/>.</summary>
    public void CopyTo(Span<double> values)
    {
        values[0] = _loss.Result;
        for (int i = 0; i < _metrics.Length; i++)
            values[i + 1] = _metrics[i].Result;
    }

    private unsafe void AddPredictions(in BatchOutcome outcome)
    {
        int columns = (int)outcome.Predictions.Columns;
        ReadOnlySpan<double> predictions = Widen(outcome.Predictions, ref _predictions);
        ReadOnlySpan<double> weights = outcome.Weights.Data == null ? [] : Widen(outcome.Weights, ref _weights);
        bool hasLabels = outcome.Targets.Dtype == (int)NoptDtype.I32;
        ReadOnlySpan<int> labels = hasLabels ? new ReadOnlySpan<int>(outcome.Targets.Data, outcome.Rows) : [];
        ReadOnlySpan<double> targets = hasLabels ? [] : Widen(outcome.Targets, ref _targets);
        foreach (Metric metric in _metrics)
        {
            if (!metric.NeedsPredictions)
                continue;
            ReadOnlySpan<double> own = metric.Weighted ? weights : [];
            metric.Update(hasLabels
                ? new MetricBatch(predictions, labels, columns, own)
                : new MetricBatch(predictions, targets, columns, own));
        }
    }

    // Batch memory has no gaps between its rows.
    private static unsafe Span<double> Widen(in NoptMatrix matrix, ref double[] memory)
    {
        int count = checked((int)(matrix.Rows * matrix.Columns));
        if (memory.Length < count)
            memory = new double[count];
        Span<double> destination = memory.AsSpan(0, count);
        if (matrix.Dtype == (int)NoptDtype.F64)
            new ReadOnlySpan<double>(matrix.Data, count).CopyTo(destination);
        else
            TensorPrimitives.ConvertTruncating(new ReadOnlySpan<float>(matrix.Data, count), destination);
        return destination;
    }
}
