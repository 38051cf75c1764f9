using NativeOpt.Cli.Tutorial.Trials;

namespace NativeOpt.Cli.Tutorial.Cifar;

/// <summary>A setting and what it came to.</summary>
/// <param name="Setting">The point of the grid.</param>
/// <param name="Trial">Its training.</param>
internal sealed record CifarRun(CifarSetting Setting, TrialResult Trial)
{
    /// <summary>What settings are chosen by: the accuracy on the held-out pictures; -1 where the training diverged.</summary>
    public double Merit => Trial.Diverged ? -1 : Trial.BestValAccuracy;
}

/// <summary>What the experiment found out.</summary>
/// <param name="Data">Everything in the folder.</param>
/// <param name="TrainRows">Pictures that were trained on.</param>
/// <param name="ValidationRows">Pictures that were held out.</param>
/// <param name="Grid">What was tried.</param>
/// <param name="Runs">One a setting.</param>
/// <param name="Layers">Widths from input to output.</param>
/// <param name="Epochs">The most that a training could take.</param>
internal sealed record CifarResults(
    DataSplit Data, int TrainRows, int ValidationRows, CifarGrid Grid, IReadOnlyList<CifarRun> Runs, IReadOnlyList<int> Layers, int Epochs)
{
    /// <summary>The accuracy of a network that has learnt nothing.</summary>
    public double Guessing => 1.0 / Data.ClassNames.Count;

    /// <summary>The best run by the held-out pictures; the test pictures choose nothing.</summary>
    public CifarRun Best => Runs.MaxBy(run => run.Merit)!;

    /// <summary>The best run of each optimizer.</summary>
    public IReadOnlyList<CifarRun> BestOfEach =>
        [.. CifarSetting.Optimizers.Select(optimizer => Runs.Where(run => run.Setting.Optimizer == optimizer).MaxBy(run => run.Merit)!)];

    /// <summary>
    /// The runs that differ in one factor: of the full grid all with that level; else those that share the other levels with the best
    /// run of the first round.
    /// </summary>
    /// <param name="optimizer">Whose.</param>
    /// <param name="fits">Whether a setting has the level.</param>
    /// <param name="free">Gives a setting the level of the factor that another setting has.</param>
    public IReadOnlyList<CifarRun> Level(
        string optimizer, Func<CifarSetting, bool> fits, Func<CifarSetting, CifarSetting, CifarSetting> free)
    {
        CifarSetting anchor = Anchor(optimizer);
        return [.. Runs.Where(run => run.Setting.Optimizer == optimizer && fits(run.Setting)
            && (Grid.IsFull || free(run.Setting, anchor) == anchor))];
    }

    /// <summary>
    /// Around which the other factors were changed: the best rate of an optimizer at the base's batch size and first weights.
    /// </summary>
    private CifarSetting Anchor(string optimizer) => Runs
        .Where(run => run.Setting.Optimizer == optimizer && run.Setting.BatchSize == CifarSetting.Base.BatchSize
            && run.Setting.Initializer == CifarSetting.Base.Initializer)
        .MaxBy(run => run.Merit)!.Setting;
}
