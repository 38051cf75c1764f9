namespace NativeOpt;

/// <summary>The largest |prediction - target| of all elements; NaN where one is. scikit-learn's max_error.</summary>
public sealed class MaxError : Metric
{
    private double _largest = double.NaN;
    private bool _hasRows;

    /// <summary>Named "max_error".</summary>
    public MaxError() : base("max_error") { }

    /// <inheritdoc/>
    public override double Result => _largest;

    /// <inheritdoc/>
    public override void Reset() => (_largest, _hasRows) = (double.NaN, false);

    /// <inheritdoc/>
    public override void Update(MetricBatch batch)
    {
        for (int i = 0; i < batch.Predictions.Length; i++)
        {
            double error = Math.Abs(batch.Predictions[i] - batch.Target(i / batch.Columns, i % batch.Columns));
            _largest = _hasRows ? Math.Max(_largest, error) : error;
            _hasRows = true;
        }
    }

    /// <inheritdoc/>
    internal override Metric Resolve(Loss loss, int outputs) =>
        loss.TakesLabels ? throw Misfit(loss, "rows as wide as the output") : this;
}
