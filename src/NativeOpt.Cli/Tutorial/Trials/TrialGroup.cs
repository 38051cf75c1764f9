using NativeOpt.Cli.Report.Charts;

namespace NativeOpt.Cli.Tutorial.Trials;

/// <summary>The same training with several seeds.</summary>
/// <param name="Label">What it is called in reports.</param>
/// <param name="Trials">One a seed.</param>
internal sealed record TrialGroup(string Label, IReadOnlyList<TrialResult> Trials)
{
    /// <summary>Whether a seed diverged.</summary>
    public bool Diverged => Trials.Any(trial => trial.Diverged);

    /// <summary>Mean over the seeds; NaN where one diverged.</summary>
    public double Mean(Func<TrialResult, double> value) => Diverged ? double.NaN : Trials.Average(value);

    /// <summary>The smallest and the largest value of the seeds.</summary>
    public (double Low, double High) Range(Func<TrialResult, double> value) => (Trials.Min(value), Trials.Max(value));

    /// <summary>The first epoch after which a value of the mean curve holds, from 1; null: none.</summary>
    public int? FirstEpoch(Func<TrialEpoch, double> value, Func<double, bool> holds)
    {
        int index = Array.FindIndex(MeanCurve(value), mean => holds(mean));
        return index < 0 ? null : index + 1;
    }

    /// <summary>Mean over the seeds, epoch by epoch, as far as all of them go.</summary>
    public double[] MeanCurve(Func<TrialEpoch, double> value) => Curve(value, values => values.Average());

    /// <summary>A line over the epochs: the mean, and with several seeds a band from the smallest to the largest value.</summary>
    public Series OverEpochs(int slot, Func<TrialEpoch, double> value)
    {
        Series line = Series.OverEpochs(Label, slot, MeanCurve(value));
        return Trials.Count < 2 ? line : line with
        {
            Low = Curve(value, values => values.Min()),
            High = Curve(value, values => values.Max()),
        };
    }

    private double[] Curve(Func<TrialEpoch, double> value, Func<IEnumerable<double>, double> combine) =>
        [.. Enumerable.Range(0, Trials.Min(trial => trial.Epochs.Count)).Select(i => combine(Trials.Select(t => value(t.Epochs[i]))))];
}
