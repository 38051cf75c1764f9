using NativeOpt.Metrics;

namespace NativeOpt;

/// <summary>
/// The share of rows whose largest prediction is at the label, the first of equals. Keras SparseCategoricalAccuracy.
/// </summary>
public sealed class SparseCategoricalAccuracy : MeanMetric
{
    /// <summary>Named "sparse_categorical_accuracy".</summary>
    public SparseCategoricalAccuracy() : base("sparse_categorical_accuracy") { }

    /// <inheritdoc/>
    public override void Update(MetricBatch batch) => ClassAccuracy.Add(this, batch, k: 1);

    /// <inheritdoc/>
    internal override Metric Resolve(Loss loss, int outputs)
    {
        if (!loss.TakesLabels)
            throw Misfit(loss, "one class number a row");
        return loss is SparseCategoricalCrossentropy && !Weighted ? new CountedAccuracy(Name, 1) : this;
    }
}
