namespace NativeOpt.Metrics;

/// <summary>The loss: its mean over all rows, so that a short batch counts by its rows.</summary>
internal sealed class MeanLoss() : Metric("loss")
{
    public override bool NeedsPredictions => false;

    public override void Add(in BatchOutcome outcome) => Add(outcome.LossSum, outcome.Rows);
}
