namespace NativeOpt.Metrics;

/// <summary>All scores with their targets and weights. Memory grows to the largest number there was and is kept.</summary>
internal sealed class ScoreList
{
    private readonly List<(double Score, bool Positive, double Weight)> _all = [];

    public void Reset() => _all.Clear();

    public void Add(double score, bool positive, double weight) => _all.Add((score, positive, weight));

    /// <summary>
    /// ROC: the probability that a positive is above a negative, equal ones half. Otherwise the average precision.
    /// </summary>
    public double Area(AucCurve curve)
    {
        _all.Sort(static (left, right) => right.Score.CompareTo(left.Score));
        double truePositives = 0, falsePositives = 0, area = 0;
        for (int i = 0; i < _all.Count;)
        {
            double positives = 0, negatives = 0;
            double score = _all[i].Score;
            for (; i < _all.Count && _all[i].Score.Equals(score); i++)
            {
                positives += _all[i].Positive ? _all[i].Weight : 0;
                negatives += _all[i].Positive ? 0 : _all[i].Weight;
            }
            area += curve == AucCurve.Roc
                ? negatives * (truePositives + positives / 2)
                : Precision(truePositives + positives, falsePositives + negatives) * positives;
            truePositives += positives;
            falsePositives += negatives;
        }
        return area / (curve == AucCurve.Roc ? truePositives * falsePositives : truePositives);
    }

    private static double Precision(double truePositives, double falsePositives) =>
        truePositives == 0 ? 0 : truePositives / (truePositives + falsePositives);
}
