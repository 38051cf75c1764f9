using NativeOpt.Metrics;

namespace NativeOpt;

/// <summary>
/// The share of rows whose largest prediction is where the largest target is, the first of equals. Keras CategoricalAccuracy.
/// </summary>
public sealed class CategoricalAccuracy : MeanMetric
{
    /// <summary>Named "categorical_accuracy".</summary>
    public CategoricalAccuracy() : base("categorical_accuracy") { }

    /// <inheritdoc/>
    public override void Update(MetricBatch batch) => ClassAccuracy.Add(this, batch, k: 1);

    /// <inheritdoc/>
    internal override Metric Resolve(Loss loss, int outputs)
    {
        if (loss.TakesLabels)
            throw Misfit(loss, "rows as wide as the output");
        return loss is CategoricalCrossentropy or CategoricalFocalCrossentropy && !Weighted ? new CountedAccuracy(Name, 1) : this;
    }
}
