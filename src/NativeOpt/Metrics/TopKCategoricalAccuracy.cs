using NativeOpt.Metrics;

namespace NativeOpt;

/// <summary>
/// The share of rows whose largest target is among the k largest predictions; equal predictions are all in. Keras TopKCategoricalAccuracy.
/// </summary>
public sealed class TopKCategoricalAccuracy : MeanMetric
{
    /// <summary>Named "top_k_categorical_accuracy".</summary>
    /// <param name="k">How many predictions count as an answer, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is below 1.</exception>
    public TopKCategoricalAccuracy(int k = 5) : base("top_k_categorical_accuracy")
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
        loss.TakesLabels ? throw Misfit(loss, "rows as wide as the output") : this;
}
