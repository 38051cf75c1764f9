namespace NativeOpt;

/// <summary>What a <see cref="LearningRateFinder"/> has seen.</summary>
/// <param name="LearningRates">The rates that were tried, ascending.</param>
/// <param name="Losses">The smoothed loss at each, measured before the step that used it.</param>
public sealed record LearningRateCurve(IReadOnlyList<double> LearningRates, IReadOnlyList<double> Losses)
{
    /// <summary>
    /// Where the loss falls fastest on the way to its lowest point, by the logarithm of the rate: a good rate to train with. NaN where
    /// the loss never fell on the way: it was lowest at the first or second rate.
    /// </summary>
    public double Suggestion
    {
        get
        {
            (double steepest, double suggestion) = (0, double.NaN);
            for (int i = 1; i < LowestIndex; i++)
            {
                double slope = (Losses[i + 1] - Losses[i - 1]) / Math.Log(LearningRates[i + 1] / LearningRates[i - 1]);
                if (slope < steepest)
                    (steepest, suggestion) = (slope, LearningRates[i]);
            }
            return suggestion;
        }
    }

    /// <summary>The rate at which the loss was lowest: too high to train with, and an upper bound. NaN where nothing was measured.</summary>
    public double LowestLossRate => Losses.Count == 0 ? double.NaN : LearningRates[LowestIndex];

    private int LowestIndex
    {
        get
        {
            int lowest = 0;
            for (int i = 1; i < Losses.Count; i++)
                if (Losses[i] < Losses[lowest])
                    lowest = i;
            return lowest;
        }
    }
}
