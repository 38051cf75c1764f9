using NativeOpt.Metrics;

namespace NativeOpt;

/// <summary>
/// The area under the ROC curve or the curve of precision over recall. By default as Keras AUC: from counts at 200 evenly spaced
/// thresholds in [0, 1], so that memory does not grow. With <see cref="Exact"/> from all predictions, as scikit-learn's
/// roc_auc_score and average_precision_score. All columns count together; class numbers count as rows with a 1.
/// </summary>
public sealed class Auc : Metric
{
    private ThresholdCounts _counts;
    private ScoreList _scores = new();

    /// <summary>Named "auc".</summary>
    /// <param name="numThresholds">Number of thresholds, at least 2; not used with Exact.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 thresholds.</exception>
    public Auc(int numThresholds = 200) : base("auc")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numThresholds, 2);
        NumThresholds = numThresholds;
        _counts = new ThresholdCounts(numThresholds);
    }

    /// <summary>Number of thresholds.</summary>
    public int NumThresholds { get; }

    /// <summary>The curve; by default ROC.</summary>
    public AucCurve Curve { get; init; }

    /// <summary>The sum over thresholds; not used with <see cref="Exact"/>.</summary>
    public AucSummation Summation { get; init; }

    /// <summary>
    /// True: keeps every prediction, and the area is exact: that of the ROC curve through all of them, or the average precision.
    /// NaN where all targets are equal. Default false.
    /// </summary>
    public bool Exact { get; init; }

    /// <summary>Whether predictions are logits, which are compared with thresholds after the logistic function. Default false.</summary>
    public bool FromLogits { get; init; }

    /// <inheritdoc/>
    public override double Result => Exact ? _scores.Area(Curve) : _counts.Area(Curve, Summation);

    /// <inheritdoc/>
    public override void Reset()
    {
        _counts.Reset();
        _scores.Reset();
    }

    /// <inheritdoc/>
    public override void Update(MetricBatch batch)
    {
        for (int i = 0; i < batch.Predictions.Length; i++)
        {
            int row = i / batch.Columns;
            double score = batch.Predictions[i];
            bool positive = batch.Target(row, i % batch.Columns) != 0;
            if (Exact)
                _scores.Add(score, positive, batch.Weight(row));
            else
                _counts.Add(FromLogits ? 1 / (1 + Math.Exp(-score)) : score, positive, batch.Weight(row));
        }
    }

    /// <inheritdoc/>
    protected internal override Metric Copy()
    {
        var copy = (Auc)base.Copy();
        (copy._counts, copy._scores) = (new ThresholdCounts(NumThresholds), new ScoreList());
        return copy;
    }
}
