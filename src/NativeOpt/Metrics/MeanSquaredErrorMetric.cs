namespace NativeOpt.Metrics;

/// <summary>Mean over rows and columns of (prediction - target) squared.</summary>
internal sealed class MeanSquaredErrorMetric(string key) : Metric(key)
{
    public override void Add(in BatchOutcome outcome)
    {
        double sum = 0;
        for (int row = 0; row < outcome.Rows; row++)
        {
            for (int column = 0; column < outcome.Predictions.Columns; column++)
            {
                double error = BatchOutcome.Element(outcome.Predictions, row, column)
                    - BatchOutcome.Element(outcome.Targets, row, column);
                sum += error * error;
            }
        }
        Add(sum, (double)outcome.Rows * outcome.Predictions.Columns);
    }
}
