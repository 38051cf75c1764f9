using System.Text.Json.Nodes;
using NativeOpt.Cli.Loading;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Tutorial.Overfitting;

/// <summary>A network that learns its rows by heart, and dropout, L1, L2 and early stopping against it.</summary>
internal sealed class OverfittingExperiment : IExperiment
{
    private const string HistoryFile = "history.csv";

    /// <inheritdoc/>
    public string Name => "overfitting";

    /// <inheritdoc/>
    public string Summary => "a network that learns its rows by heart, and what helps against it";

    /// <inheritdoc/>
    public string Duration => "20 s";

    /// <inheritdoc/>
    public TutorialOptions Options =>
        TutorialOptions.Seeds | TutorialOptions.Epochs | TutorialOptions.DataDirectory | TutorialOptions.Rows;

    /// <inheritdoc/>
    public IReadOnlyList<string> CsvFiles => [HistoryFile];

    /// <inheritdoc/>
    public void Check(TutorialSettings settings) => PictureData.Load(settings);

    /// <inheritdoc/>
    public ExperimentOutcome Run(TutorialSettings settings, ExperimentProgress progress, CancellationToken cancellation)
    {
        DataSplit data = PictureData.Load(settings);
        int epochs = settings.EpochsOr(100, quick: 20), seeds = settings.SeedsOr(5).Count;
        // At least half of the rows are left to validate on.
        int rows = Math.Min(settings.Rows ?? (settings.Quick ? 100 : 300), data.Train.Count / 2);
        var study = new OverfittingStudy(data, rows, epochs, seeds, settings.Seed, settings.Backend);
        IReadOnlyList<RemedyResult> results = study.Run(progress, cancellation);
        string title = DataLoader.TitleOf(data.Name);
        return new ExperimentOutcome
        {
            Title = "Overfitting, and what helps",
            Subtitles = [$"{title} \u00b7 {Count(rows)} training rows, some of them wrong \u00b7 {epochs} epochs \u00b7 "
                + (seeds == 1 ? $"seed {settings.Seed}" : $"{seeds} seeds")],
            Verdict = [.. OverfittingPage.Verdict(results)],
            Sections = [.. OverfittingPage.Sections(study, results)],
            Settings =
            [
                ("Data", $"{title}: {Count(rows)} training rows, {Count(study.ValidationRows)} validation and {Count(data.Test.Count)} "
                    + "test rows"),
                ("Wrong classes", $"{Percent(OverfittingStudy.WrongShare)} of the training rows"),
                ("Network", $"Dense {data.Train.InputColumns} \u2192 {string.Join(" \u2192 ", study.Hidden)} (relu, he_normal) \u2192 "
                    + $"{data.ClassNames.Count} (softmax)"),
                ("Optimizer", "adam, rate 0.001"),
                ("Epochs", Count(epochs)),
                ("Batch size", Count(OverfittingStudy.BatchSize)),
                ("Seeds", string.Join(", ", settings.SeedsOr(5))),
            ],
            Results = new JsonObject { ["runs"] = Runs(study, results).ToJson() },
            Csv = new Dictionary<string, string> { [HistoryFile] = History(study, results).ToCsv() },
        };
    }

    private static ResultTable Runs(OverfittingStudy study, IReadOnlyList<RemedyResult> results) => new(
        ["label", "seed", "loss", "val_loss", "accuracy", "val_accuracy", "test_accuracy", "best_epoch", "epochs", "overfits", "verdict"],
        from result in results
        from run in result.Runs.Index()
        let last = run.Item.Last
        select new object?[]
        {
            result.Remedy.Label, (int)study.Seed + run.Index, last.Loss, last.ValidationLoss, last.Accuracy, last.ValidationAccuracy,
            run.Item.TestAccuracy, run.Item.BestEpoch, run.Item.Epochs.Count, run.Item.Overfits,
            result.Remedy == Remedy.None ? null : result.Verdict.Words(),
        });

    private static ResultTable History(OverfittingStudy study, IReadOnlyList<RemedyResult> results) => new(
        ["run", "seed", "epoch", "loss", "accuracy", "val_loss", "val_accuracy"],
        from result in results
        from run in result.Runs.Index()
        from epoch in run.Item.Epochs.Index()
        select new object?[]
        {
            result.Remedy.Label, (int)study.Seed + run.Index, epoch.Index + 1, epoch.Item.Loss, epoch.Item.Accuracy,
            epoch.Item.ValidationLoss, epoch.Item.ValidationAccuracy,
        });
}
