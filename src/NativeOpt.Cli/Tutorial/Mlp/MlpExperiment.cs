using System.Text.Json.Nodes;
using NativeOpt.Cli.Report.Blocks;
using NativeOpt.Cli.Report.Charts;
using NativeOpt.Cli.Tutorial.Trials;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Tutorial.Mlp;

/// <summary>
/// The first program of the tutorials: 784 inputs, 128 relu, 10 softmax, Adam, 10 epochs, batches of 32, on Fashion-MNIST.
/// </summary>
internal sealed class MlpExperiment : IExperiment
{
    private const int Hidden = 128, BatchSize = 32, QuickRows = 2000, TestBatchSize = 256;

    /// <inheritdoc/>
    public string Name => "mlp";

    /// <inheritdoc/>
    public string Summary => "the first network of the tutorials, 784-128-10 with Adam, on Fashion-MNIST";

    /// <inheritdoc/>
    public string Duration => "10 s";

    /// <inheritdoc/>
    public TutorialOptions Options =>
        TutorialOptions.Seeds | TutorialOptions.Epochs | TutorialOptions.Rows | TutorialOptions.DataDirectory;

    /// <inheritdoc/>
    public IReadOnlyList<string> CsvFiles => [TrialFiles.History];

    /// <inheritdoc/>
    public ExperimentOutcome Run(TutorialSettings settings, ExperimentProgress progress, CancellationToken cancellation)
    {
        DataSplit data = TutorialData.Load(Datasets.FashionMnist.Name, settings.DataDirectory);
        int rows = Math.Min(settings.Rows ?? (settings.Quick ? QuickRows : data.Train.Count), data.Train.Count);
        InMemoryDataset train = TutorialData.Rows(data.Train, 0, rows);
        IReadOnlyList<int> seeds = settings.SeedsOr(1);
        progress.Plan(seeds.Count);
        var trials = new List<TrialResult>();
        var classes = new List<ClassResult>();
        foreach (int seed in seeds)
        {
            progress.Begin($"seed {seed}");
            (TrialResult trial, ClassResult[] found) = Trial.Run(
                Plan(settings, train, data, seed),
                model => ClassResult.Of(model.Predict(data.Test, TestBatchSize), data.Test.Y.ToLabels(), data.ClassNames), cancellation);
            trials.Add(trial);
            // The first seed stands for all where single classes are looked at.
            classes.AddRange(classes.Count == 0 ? found : []);
            progress.Done($"seed {seed}  test accuracy {Share(trial.TestAccuracy)}");
        }
        return Describe(new MlpResults(data, train.Count, new TrialGroup("adam", trials), classes));
    }

    private static TrialPlan Plan(TutorialSettings settings, InMemoryDataset train, DataSplit data, int seed) => new()
    {
        Label = "adam",
        Rule = new Adam(),
        Layers = () => [new Dense(Hidden, "relu", inputShape: train.InputColumns), new Dense(data.ClassNames.Count, "softmax")],
        Loss = "sparse_categorical_crossentropy",
        Epochs = settings.EpochsOr(10, quick: 2),
        BatchSize = BatchSize,
        Seed = seed,
        Backend = settings.Backend,
        Train = train,
        Validation = data.Test,
        Test = data.Test,
    };

    private static ExperimentOutcome Describe(MlpResults results)
    {
        string network = $"{results.Data.Train.InputColumns} \u2192 {Hidden} (relu) \u2192 {results.Data.ClassNames.Count} (softmax)";
        int epochs = results.Group.Trials[0].Epochs.Count;
        return new ExperimentOutcome
        {
            Title = "A first network on Fashion-MNIST",
            Subtitles = [$"Dense {network} \u00b7 Adam \u00b7 {(epochs == 1 ? "1 epoch" : $"{epochs} epochs")} \u00b7 batch {BatchSize}"],
            Verdict = [.. MlpVerdict.Of(results)],
            Sections =
            [
                new("Learning curves", new FigureGroup([
                    Chart(results, "Loss", ChartAxis.Loss, e => e.Loss, e => e.ValLoss),
                    Chart(results, "Accuracy", ChartAxis.Accuracy, e => e.Accuracy, e => e.ValAccuracy)])),
                new("Class by class", Classes(results)),
            ],
            Settings = Settings(results, network),
            Results = new JsonObject
            {
                ["runs"] = TrialFiles.Json(results.Group.Trials),
                ["classes"] = new JsonArray([.. results.Classes.Select(c => c.ToJson())]),
            },
            Csv = new Dictionary<string, string> { [TrialFiles.History] = TrialFiles.Csv(results.Group.Trials) },
        };
    }

    private static LineChart Chart(
        MlpResults results, string title, ChartAxis axis, Func<TrialEpoch, double> train, Func<TrialEpoch, double> test) => new(
        title, ChartAxis.Epoch, axis,
        [
            results.Group.OverEpochs(0, train) with { Variant = "training" },
            results.Group.OverEpochs(0, test) with { Variant = "test", Dashed = true },
        ])
        {
            Note = "Training numbers are means over an epoch in which the weights change; test numbers are those after it.",
        };

    private static ReportTable Classes(MlpResults results) => new(
        [
            new("Class"), new("Pictures") { Show = Count }, new("Recognized", Best.High) { Show = Share },
            new("Most often taken for") { IsText = true },
        ],
        [.. results.Classes.Select(c => new TableRow(c.Name, c.Count, c.Recall,
            c.Confusion is { } other ? $"{other} ({Share((double)c.ConfusionCount / c.Count)})" : TableCell.None))]);

    private static (string, string)[] Settings(MlpResults results, string network) =>
    [
        ("Data", $"Fashion-MNIST: {Count(results.TrainRows)} of {Count(results.Data.Train.Count)} training pictures, "
            + $"{Count(results.Data.Test.Count)} test pictures, none held out"),
        ("Network", $"Dense {network}, glorot_uniform"),
        ("Optimizer", "Adam, learning rate 0.001"),
        ("Loss", "sparse_categorical_crossentropy"),
        ("Epochs", Count(results.Group.Trials[0].Epochs.Count)),
        ("Batch size", Count(BatchSize)),
        ("Seeds", string.Join(", ", results.Group.Trials.Select(trial => trial.Seed))),
    ];
}
