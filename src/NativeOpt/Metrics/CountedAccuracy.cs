namespace NativeOpt.Metrics;

/// <summary>Share of right answers, as the loss operation has counted them on its way.</summary>
/// <param name="key">Name in logs.</param>
/// <param name="answersPerRow">1, or the number of columns where each is an answer of its own.</param>
internal sealed class CountedAccuracy(string key, int answersPerRow) : Metric(key)
{
    public override bool NeedsPredictions => false;

    public override void Add(in BatchOutcome outcome) => Add(outcome.CorrectCount, (double)outcome.Rows * answersPerRow);
}
