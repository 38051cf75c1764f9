namespace NativeOpt.Schedules;

/// <summary>When a monitored value counts as better than the best one so far. NaN never does.</summary>
/// <param name="Mode">Which way is better.</param>
/// <param name="Threshold">How much better it must be, not negative.</param>
/// <param name="Relative">
/// The threshold is a share of the best value: <c>x &lt; best * (1 - threshold)</c>, or <c>x &gt; best * (1 + threshold)</c>.
/// </param>
internal readonly record struct Improvement(MonitorMode Mode, double Threshold, bool Relative)
{
    /// <summary>Before the first value: worse than any.</summary>
    public double Worst => Mode == MonitorMode.Min ? double.PositiveInfinity : double.NegativeInfinity;

    /// <summary>Whether <paramref name="value"/> is better than <paramref name="best"/> by more than the threshold.</summary>
    public bool IsBetter(double value, double best) => (Mode, Relative) switch
    {
        (MonitorMode.Min, false) => value + Threshold < best,
        (MonitorMode.Min, true) => value < best * (1 - Threshold),
        (_, false) => value - Threshold > best,
        (_, true) => value > best * (1 + Threshold),
    };
}
