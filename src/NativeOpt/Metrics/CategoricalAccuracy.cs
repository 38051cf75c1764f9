namespace NativeOpt.Metrics;

/// <summary>Share of rows whose largest prediction is where the largest target is.</summary>
internal sealed class CategoricalAccuracy(string key) : Metric(key)
{
    public override void Add(in BatchOutcome outcome)
    {
        long correct = 0;
        for (int row = 0; row < outcome.Rows; row++)
        {
            int answer = BatchOutcome.LargestColumn(outcome.Predictions, row);
            correct += answer == BatchOutcome.LargestColumn(outcome.Targets, row) ? 1 : 0;
        }
        Add(correct, outcome.Rows);
    }
}
