using System.Text.Json.Nodes;
using NativeOpt.Cli.Loading;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Tutorial.Gradients;

/// <summary>Gradients that vanish or explode in deep networks, and what cures them.</summary>
internal sealed class GradientsExperiment : IExperiment
{
    private const string LayersFile = "layers.csv", HistoryFile = "history.csv";
    private const int Rows = 2000;

    /// <inheritdoc/>
    public string Name => "gradients";

    /// <inheritdoc/>
    public string Summary => "gradients that vanish or explode in deep networks, and cures";

    /// <inheritdoc/>
    public string Duration => "5 s";

    /// <inheritdoc/>
    public TutorialOptions Options => TutorialOptions.Epochs | TutorialOptions.DataDirectory | TutorialOptions.Rows;

    /// <inheritdoc/>
    public IReadOnlyList<string> CsvFiles => [LayersFile, HistoryFile];

    /// <inheritdoc/>
    public void Check(TutorialSettings settings) => PictureData.Load(settings);

    /// <inheritdoc/>
    public ExperimentOutcome Run(TutorialSettings settings, ExperimentProgress progress, CancellationToken cancellation)
    {
        DataSplit data = PictureData.Load(settings).FirstRows(settings.Rows ?? (settings.Quick ? 320 : Rows)).Standardize();
        int epochs = settings.EpochsOr(30, quick: 3);
        var study = new GradientsStudy(data, epochs, settings.Seed, settings.Backend);
        IReadOnlyList<GradientsResult> results = study.Run(progress, cancellation);
        return new ExperimentOutcome
        {
            Title = "Vanishing and exploding gradients",
            Subtitles = [$"{DataLoader.TitleOf(data.Name)} \u00b7 {Count(data.Train.Count)} training rows \u00b7 {epochs} epochs "
                + $"\u00b7 seed {settings.Seed}"],
            Verdict = [.. GradientsPage.Verdict(results)],
            Sections = [.. GradientsPage.Sections(results)],
            Settings =
            [
                ("Data", $"{DataLoader.TitleOf(data.Name)}: {Count(data.Train.Count)} training and {Count(data.Test.Count)} test rows"),
                ("Scaling", "StandardScaler, fitted to the training rows"),
                ("Networks", $"{GradientCase.Vanishing.Patient.Depth} hidden layers of {GradientCase.Vanishing.Patient.Width} units, "
                    + "softmax"),
                ("Optimizer", $"sgd, momentum {Number(GradientsStudy.Momentum)}, rate {Number(GradientCase.Vanishing.LearningRate)}"),
                ("Epochs", Count(epochs)),
                ("Batch size", Count(GradientsStudy.BatchSize)),
                ("Seed", Count(settings.Seed)),
            ],
            Results = new JsonObject { ["runs"] = Runs(results).ToJson(), ["layers"] = Layers(results).ToJson() },
            Csv = new Dictionary<string, string> { [LayersFile] = Layers(results).ToCsv(), [HistoryFile] = History(results).ToCsv() },
        };
    }

    private static ResultTable Runs(IReadOnlyList<GradientsResult> results) => new(
        ["illness", "label", "parameter_ratio", "output_ratio", "loss", "accuracy", "test_accuracy", "outcome", "findings"],
        from result in results
        from run in result.Runs
        select new object?[]
        {
            result.Case.Illness, run.Network.Label, run.Ratio, run.OutputRatio, run.Losses[^1], run.Accuracy, run.TestAccuracy,
            GradientsPage.Words(run.Outcome), string.Join('\n', run.Findings),
        });

    private static ResultTable Layers(IReadOnlyList<GradientsResult> results) => new(
        ["illness", "run", "layer", "gradient_norm", "output_gradient"],
        from result in results
        from run in result.Runs
        from layer in run.Layers
        select new object?[] { result.Case.Illness, run.Network.Label, layer.Layer, layer.GradientNorm, layer.OutputGradient });

    private static ResultTable History(IReadOnlyList<GradientsResult> results) => new(
        ["illness", "run", "epoch", "loss"],
        from result in results
        from run in result.Runs
        from epoch in run.Losses.Index()
        select new object?[] { result.Case.Illness, run.Network.Label, epoch.Index + 1, epoch.Item });
}
