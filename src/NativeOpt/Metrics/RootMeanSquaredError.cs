namespace NativeOpt;

/// <summary>The root of the mean over rows and columns of (prediction - target)^2. Keras RootMeanSquaredError.</summary>
public sealed class RootMeanSquaredError : MeanMetric
{
    /// <summary>Named "root_mean_squared_error".</summary>
    public RootMeanSquaredError() : base("root_mean_squared_error") { }

    /// <inheritdoc/>
    public override double Result => Math.Sqrt(base.Result);

    /// <inheritdoc/>
    public override void Update(MetricBatch batch)
    {
        for (int row = 0; row < batch.Rows; row++)
        {
            double sum = 0;
            for (int column = 0; column < batch.Columns; column++)
            {
                double error = batch.Predictions[row * batch.Columns + column] - batch.Target(row, column);
                sum += error * error;
            }
            Add(batch.Weight(row) * sum, batch.Weight(row) * batch.Columns);
        }
    }

    /// <inheritdoc/>
    internal override Metric Resolve(Loss loss, int outputs) =>
        loss.TakesLabels ? throw Misfit(loss, "rows as wide as the output") : this;
}
