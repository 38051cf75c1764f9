using System.Text.Json.Nodes;
using NativeOpt.Cli.Report.Blocks;
using NativeOpt.Cli.Report.Charts;
using NativeOpt.Cli.Tutorial.Trials;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Tutorial.Classification;

/// <summary>
/// Seven optimizers at the rates Keras gives them, on a made-up problem of two classes, divided into training and test rows and
/// standardized; and two of them again at the rates of their papers.
/// </summary>
internal sealed class ClassificationExperiment : IExperiment
{
    private const int Samples = 1000, Columns = 20, Hidden = 64, BatchSize = 32;
    private const double TestSize = 0.2;
    private const string Network = "20 \u2192 64 (relu) \u2192 1 (sigmoid)";

    /// <summary>The seven of the tutorial, then those whose default rate is far below the one they were published with.</summary>
    private static readonly OptimizerRule[] Rules =
    [
        new Sgd(), new Adam(), new RMSprop(), new Adagrad(), new Adadelta(), new Adamax(), new Nadam(),
        new Adagrad { LearningRate = 0.01 }, new Adadelta { LearningRate = 1 },
    ];

    /// <inheritdoc/>
    public string Name => "make-classification";

    /// <inheritdoc/>
    public string Summary => "seven optimizers on a made-up problem of two classes";

    /// <inheritdoc/>
    public string Duration => "2 s";

    /// <inheritdoc/>
    public TutorialOptions Options => TutorialOptions.Seeds | TutorialOptions.Epochs;

    /// <inheritdoc/>
    public IReadOnlyList<string> CsvFiles => [TrialFiles.History];

    /// <inheritdoc/>
    public ExperimentOutcome Run(TutorialSettings settings, ExperimentProgress progress, CancellationToken cancellation)
    {
        int epochs = settings.EpochsOr(50, quick: 10);
        IReadOnlyList<int> seeds = settings.SeedsOr(5);
        (Dataset train, Dataset test) = MakeData(settings.Seed);
        progress.Plan(Rules.Length);
        var groups = new List<TrialGroup>();
        foreach (OptimizerRule rule in Rules)
        {
            string label = LabelOf(rule);
            progress.Begin(label);
            var group = new TrialGroup(label, [.. seeds.Select(seed => Trial.Run(Plan(rule, seed), cancellation))]);
            groups.Add(group);
            progress.Done($"{label,-20} test accuracy {Share(group.Mean(trial => trial.TestAccuracy))}");
        }
        return Describe(groups, epochs, seeds);

        TrialPlan Plan(OptimizerRule rule, int seed) => new()
        {
            Label = LabelOf(rule),
            Rule = rule,
            Layers = () => [new Dense(Hidden, "relu"), new Dense(1, "sigmoid")],
            Loss = "binary_crossentropy",
            Epochs = epochs,
            BatchSize = BatchSize,
            Seed = seed,
            Backend = settings.Backend,
            Train = train,
            Validation = test,
            Test = test,
        };
    }

    /// <summary>The scaler learns from the training rows only.</summary>
    private static (Dataset Train, Dataset Test) MakeData(int seed)
    {
        (Features x, Targets y) = Datasets.MakeClassification(Samples, Columns, informative: 6, redundant: 4, classSep: 1, seed: seed);
        (InMemoryDataset train, InMemoryDataset test) = TrainTestSplit.Of(x, y, TestSize, stratify: true, seed: seed);
        var scaler = new StandardScaler();
        scaler.Fit(train.X);
        return (new InMemoryDataset(scaler.Transform(train.X), train.Y), new InMemoryDataset(scaler.Transform(test.X), test.Y));
    }

    /// <summary>"adam", "adadelta(lr=1)" where the rate is not the default one.</summary>
    private static string LabelOf(OptimizerRule rule)
    {
        double rate = rule.LearningRate.InitialValue;
        bool isDefault = rate == OptimizerRule.FromName(rule.Name).LearningRate.InitialValue;
        return isDefault ? rule.Name : $"{rule.Name}(lr={Number(rate)})";
    }

    private static ExperimentOutcome Describe(List<TrialGroup> groups, int epochs, IReadOnlyList<int> seeds)
    {
        string repeats = seeds.Count == 1 ? $"seed {seeds[0]}" : $"{seeds.Count} seeds";
        TrialResult[] trials = [.. groups.SelectMany(group => group.Trials)];
        return new ExperimentOutcome
        {
            Title = "Optimizers on a made-up classification problem",
            Subtitles = [$"Dense {Network} \u00b7 {epochs} epochs \u00b7 batch {BatchSize} \u00b7 {repeats}"],
            Verdict = [.. ClassificationVerdict.Of(groups)],
            Sections =
            [
                new("Results after the last epoch",
                    TrialTable.Create("Optimizer", groups, group => Rules[groups.IndexOf(group)].LearningRate.InitialValue)),
                new("Loss and accuracy on the training rows", Charts(groups, "Training", e => e.Loss, e => e.Accuracy)),
                new("Loss and accuracy on the test rows", Charts(groups, "Test", e => e.ValLoss, e => e.ValAccuracy)),
            ],
            Settings = Settings(epochs, seeds),
            Results = new JsonObject { ["runs"] = TrialFiles.Json(trials) },
            Csv = new Dictionary<string, string> { [TrialFiles.History] = TrialFiles.Csv(trials) },
        };
    }

    private static FigureGroup Charts(
        List<TrialGroup> groups, string what, Func<TrialEpoch, double> loss, Func<TrialEpoch, double> accuracy) => new(
        [
            new LineChart($"{what} loss", ChartAxis.Epoch, ChartAxis.Loss, [.. groups.Select((g, slot) => g.OverEpochs(slot, loss))])
            {
                File = TrialFiles.History,
                Note = groups[0].Trials.Count > 1 ? "Lines are means over the seeds; the range goes from the lowest to the highest." : null,
            },
            new LineChart($"{what} accuracy", ChartAxis.Epoch, ChartAxis.Accuracy,
                [.. groups.Select((g, slot) => g.OverEpochs(slot, accuracy))]),
        ]);

    private static (string, string)[] Settings(int epochs, IReadOnlyList<int> seeds) =>
    [
        ("Data", $"make_classification: {Count(Samples)} rows, {Columns} columns of which 6 are informative and 4 redundant, 2 classes; "
            + "the same with all seeds, which decide first weights and the order of the rows"),
        ("Split", $"{Share(TestSize)} of the rows for the test, the same share of both classes"),
        ("Scaling", "StandardScaler, fitted to the training rows"),
        ("Network", $"Dense {Network}, glorot_uniform"),
        ("Loss", "binary_crossentropy"),
        ("Epochs", Count(epochs)),
        ("Batch size", Count(BatchSize)),
        ("Seeds", string.Join(", ", seeds)),
    ];
}
