namespace NativeOpt.Metrics;

/// <summary>The loss: its mean over all rows, so that a short batch counts by its rows, as in Keras.</summary>
internal sealed class MeanLoss() : MeanMetric("loss")
{
    internal override bool NeedsPredictions => false;

    /// <summary>Takes a batch in.</summary>
    public void Add(in BatchOutcome outcome) => Add(outcome.LossOfRows, outcome.Rows);

    public override void Update(MetricBatch batch) => throw new InvalidOperationException("the loss is computed by its operation");
}
