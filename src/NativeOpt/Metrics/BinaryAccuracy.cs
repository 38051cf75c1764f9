namespace NativeOpt.Metrics;

/// <summary>Share of elements where "prediction above 0.5" equals the target.</summary>
internal sealed class BinaryAccuracy(string key) : Metric(key)
{
    private const double Threshold = 0.5;

    public override void Add(in BatchOutcome outcome)
    {
        long correct = 0;
        for (int row = 0; row < outcome.Rows; row++)
        {
            for (int column = 0; column < outcome.Predictions.Columns; column++)
            {
                double answer = BatchOutcome.Element(outcome.Predictions, row, column) > Threshold ? 1 : 0;
                correct += answer == BatchOutcome.Element(outcome.Targets, row, column) ? 1 : 0;
            }
        }
        Add(correct, (double)outcome.Rows * outcome.Predictions.Columns);
    }
}
