namespace NativeOpt.Metrics;

/// <summary>
/// Positives and negatives between evenly spaced thresholds in [0, 1], the first below 0 and the last above 1, and the area under
/// the curve through them, as Keras computes it.
/// </summary>
internal sealed class ThresholdCounts(int count)
{
    // Element i: scores above threshold i and not above the next.
    private readonly double[] _positives = new double[count];
    private readonly double[] _negatives = new double[count];

    public void Reset()
    {
        Array.Clear(_positives);
        Array.Clear(_negatives);
    }

    /// <summary>Counts a score; NaN counts as the lowest.</summary>
    public void Add(double score, bool positive, double weight)
    {
        double limited = score > 1 ? 1 : score > 0 ? score : 0;
        int bucket = Math.Max((int)Math.Ceiling(limited * (count - 1)) - 1, 0);
        (positive ? _positives : _negatives)[bucket] += weight;
    }

    /// <summary>From the highest threshold, where nothing is positive, down to the lowest, where everything is.</summary>
    public double Area(AucCurve curve, AucSummation summation)
    {
        double allPositives = _positives.Sum();
        double allNegatives = _negatives.Sum();
        double area = 0;
        double truePositives = 0, falsePositives = 0;
        for (int i = count - 1; i >= 0; i--)
        {
            (double TruePositives, double FalsePositives) last = (truePositives, falsePositives);
            truePositives += _positives[i];
            falsePositives += _negatives[i];
            if (i == count - 1)
                continue;
            area += curve == AucCurve.PrecisionRecall && summation == AucSummation.Interpolation
                ? PrecisionArea(last, (truePositives, falsePositives), allPositives)
                : Rectangle(curve, summation, last, (truePositives, falsePositives), allPositives, allNegatives);
        }
        return area;
    }

    private static double Rectangle(
        AucCurve curve, AucSummation summation, (double True, double False) last, (double True, double False) next,
        double allPositives, double allNegatives)
    {
        bool roc = curve == AucCurve.Roc;
        double width = roc ? Quotient(next.False - last.False, allNegatives) : Quotient(next.True - last.True, allPositives);
        double low = roc ? Quotient(last.True, allPositives) : Quotient(last.True, last.True + last.False);
        double high = roc ? Quotient(next.True, allPositives) : Quotient(next.True, next.True + next.False);
        return width * summation switch
        {
            AucSummation.Minoring => Math.Min(low, high),
            AucSummation.Majoring => Math.Max(low, high),
            _ => (low + high) / 2,
        };
    }

    /// <summary>
    /// True positives grow linearly with positives p between two points: the integral of precision is
    /// slope (dTP + intercept log(p2 / p1)) / all positives.
    /// </summary>
    private static double PrecisionArea((double True, double False) last, (double True, double False) next, double allPositives)
    {
        double before = last.True + last.False;
        double after = next.True + next.False;
        double gain = next.True - last.True;
        double slope = Quotient(gain, Math.Max(after - before, 0));
        double intercept = last.True - slope * before;
        double ratio = before > 0 && after > 0 ? after / before : 1;
        return Quotient(slope * (gain + intercept * Math.Log(ratio)), allPositives);
    }

    private static double Quotient(double numerator, double denominator) => denominator == 0 ? 0 : numerator / denominator;
}
