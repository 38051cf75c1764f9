namespace NativeOpt;

/// <summary>
/// 1 - sum (t - y)^2 / sum (t - mean t)^2 of each column, and the mean over the columns: 1 is right, 0 no better than the mean.
/// Keras R2Score, scikit-learn's r2_score. A column of equal targets has 1 where it is right everywhere, else 0.
/// </summary>
public sealed class R2Score : Metric
{
    // Mean and sum of squared distances from it (West 1979), sum of squared errors.
    private double[] _mean = [];
    private double[] _spread = [];
    private double[] _errors = [];
    private double _weight;

    /// <summary>Named "r2_score".</summary>
    public R2Score() : base("r2_score") { }

    /// <inheritdoc/>
    public override double Result
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < _mean.Length; i++)
                sum += _spread[i] != 0 ? 1 - _errors[i] / _spread[i] : _errors[i] == 0 ? 1 : 0;
            return _weight == 0 ? double.NaN : sum / _mean.Length;
        }
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        _weight = 0;
        Array.Clear(_mean);
        Array.Clear(_spread);
        Array.Clear(_errors);
    }

    /// <inheritdoc/>
    public override void Update(MetricBatch batch)
    {
        if (_mean.Length != batch.Columns)
            (_mean, _spread, _errors) = (new double[batch.Columns], new double[batch.Columns], new double[batch.Columns]);
        for (int row = 0; row < batch.Rows; row++)
        {
            double weight = batch.Weight(row);
            _weight += weight;
            for (int column = 0; column < batch.Columns && weight != 0; column++)
            {
                double target = batch.Target(row, column);
                double distance = target - _mean[column];
                _mean[column] += weight / _weight * distance;
                _spread[column] += weight * distance * (target - _mean[column]);
                double error = target - batch.Predictions[row * batch.Columns + column];
                _errors[column] += weight * error * error;
            }
        }
    }

    /// <inheritdoc/>
    protected internal override Metric Copy()
    {
        var copy = (R2Score)base.Copy();
        (copy._mean, copy._spread, copy._errors) = ([], [], []);
        return copy;
    }

    /// <inheritdoc/>
    internal override Metric Resolve(Loss loss, int outputs) =>
        loss.TakesLabels ? throw Misfit(loss, "rows as wide as the output") : this;
}
