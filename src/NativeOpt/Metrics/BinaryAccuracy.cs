using NativeOpt.Metrics;

namespace NativeOpt;

/// <summary>
/// The share of elements where "the prediction is above the threshold" equals the target, 0 or 1; a row with weights counts by its
/// mean. Keras BinaryAccuracy.
/// </summary>
public sealed class BinaryAccuracy : MeanMetric
{
    /// <summary>Named "binary_accuracy".</summary>
    public BinaryAccuracy() : base("binary_accuracy") { }

    /// <summary>Default 0.5.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <inheritdoc/>
    public override void Update(MetricBatch batch)
    {
        for (int row = 0; row < batch.Rows; row++)
        {
            int correct = 0;
            for (int column = 0; column < batch.Columns; column++)
            {
                double answer = batch.Predictions[row * batch.Columns + column] > Threshold ? 1 : 0;
                correct += answer == batch.Target(row, column) ? 1 : 0;
            }
            Add(batch.Weight(row) * correct, batch.Weight(row) * batch.Columns);
        }
    }

    /// <inheritdoc/>
    internal override Metric Resolve(Loss loss, int outputs) =>
        loss is BinaryCrossentropy or BinaryFocalCrossentropy && Threshold == 0.5 && !Weighted
            ? new CountedAccuracy(Name, outputs)
            : this;
}
