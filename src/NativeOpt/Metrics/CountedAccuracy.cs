namespace NativeOpt.Metrics;

/// <summary>Share of right answers, as the loss operation has counted them on its way.</summary>
/// <param name="name">Name in logs.</param>
/// <param name="answersPerRow">1, or the number of columns where each is an answer of its own.</param>
internal sealed class CountedAccuracy(string name, int answersPerRow) : MeanMetric(name)
{
    internal override bool NeedsPredictions => false;

    /// <summary>Takes a batch in.</summary>
    public void Add(in BatchOutcome outcome) => Add(outcome.CorrectCount, (double)outcome.Rows * answersPerRow);

    public override void Update(MetricBatch batch) => throw new InvalidOperationException("right answers are counted by the loss");
}
