namespace NativeOpt.Cli.Tutorial.Claims;

/// <summary>All optimizers on one problem.</summary>
/// <param name="Problem">Its name.</param>
/// <param name="AtBestRates">Whether each has the rate that suits it best here; otherwise those of the tutorials.</param>
/// <param name="Trials">What became of each.</param>
internal sealed record RaceCase(string Problem, bool AtBestRates, IReadOnlyDictionary<string, NetworkTrial> Trials)
{
    /// <summary>The place of an optimizer by how soon the training loss falls, from 1.</summary>
    public int PlaceOf(string optimizer) => 1 + Trials.Values.Count(trial => trial.MeanLoss < Trials[optimizer].MeanLoss);

    /// <summary>How many times its mean loss is that of the fastest.</summary>
    public double Factor(string optimizer) => Trials[optimizer].MeanLoss / Trials.Values.Min(trial => trial.MeanLoss);

    /// <summary>Whether it learns faster than the middle one of the seven.</summary>
    public bool IsInFasterHalf(string optimizer) => PlaceOf(optimizer) <= Trials.Count / 2;

    /// <summary>What its test accuracy is lower by than the best one's.</summary>
    public double Shortfall(string optimizer) => Trials.Values.Max(trial => trial.TestAccuracy) - Trials[optimizer].TestAccuracy;
}
