using NativeOpt.Metrics;

namespace NativeOpt;

/// <summary>
/// The share of rows whose label is among the k largest predictions; equal predictions are all in. Keras SparseTopKCategoricalAccuracy.
/// </summary>
public sealed class SparseTopKCategoricalAccuracy : MeanMetric
{
    /// <summary>Named "sparse_top_k_categorical_accuracy".</summary>
    /// <param name="k">How many predictions count as an answer, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is below 1.</exception>
    public SparseTopKCategoricalAccuracy(int k = 5) : base("sparse_top_k_categorical_accuracy")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        K = k;
    }

    /// <summary>How many predictions count as an answer.</summary>
    public int K { get; }

    /// <inheritdoc/>
    public override void Update(MetricBatch batch) => ClassAccuracy.Add(this, batch, K);

    /// <inheritdoc/>
    internal override Metric Resolve(Loss loss, int outputs) =>
        !loss.TakesLabels ? throw Misfit(loss, "one class number a row") : this;
}
