using NativeOpt.Cli.Tutorial.Trials;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Tutorial.Cifar;

/// <summary>
/// Optimizers, learning rates, batch sizes and first weights on CIFAR-10 with a network of dense layers, early stopping and a rate that
/// falls on plateaus: one factor at a time, or with --full-grid all combinations.
/// </summary>
internal sealed class CifarExperiment : IExperiment
{
    /// <summary>Early stopping waits for as many epochs; the rate falls after fewer.</summary>
    public const int Patience = 4, PlateauPatience = 2;

    /// <summary>What the rate is multiplied by on a plateau, and where it ends.</summary>
    public const double PlateauFactor = 0.2, MinLearningRate = 1e-6;

    private const double ValidationSplit = 0.1;
    private const int Rows = 10_000, QuickRows = 500;

    /// <inheritdoc/>
    public string Name => "cifar10";

    /// <inheritdoc/>
    public string Summary => "optimizers, rates, batch sizes and initialisers on CIFAR-10, one at a time";

    /// <inheritdoc/>
    public string Duration => "5 min";

    /// <inheritdoc/>
    public TutorialOptions Options =>
        TutorialOptions.Epochs | TutorialOptions.Rows | TutorialOptions.DataDirectory | TutorialOptions.FullGrid;

    /// <inheritdoc/>
    public IReadOnlyList<string> CsvFiles => [TrialFiles.History];

    /// <inheritdoc/>
    public ExperimentOutcome Run(TutorialSettings settings, ExperimentProgress progress, CancellationToken cancellation)
    {
        DataSplit data = TutorialData.Load(Datasets.Cifar10.Name, settings.DataDirectory);
        int rows = Math.Min(settings.Rows ?? (settings.Quick ? QuickRows : Rows), data.Train.Count);
        int trainRows = (int)Math.Floor(rows * (1 - ValidationSplit));
        InMemoryDataset train = TutorialData.Rows(data.Train, 0, trainRows), held = TutorialData.Rows(data.Train, trainRows, rows);
        int[] hidden = settings.Quick ? [64, 32] : [512, 256];
        int epochs = settings.EpochsOr(15, quick: 2);
        var grid = CifarGrid.Of(settings);
        progress.Plan(grid.Count);

        var runs = new List<CifarRun>();
        foreach (CifarSetting setting in grid.First())
            Try(setting);
        foreach (string optimizer in CifarSetting.Optimizers)
        {
            CifarSetting best = runs.Where(run => run.Setting.Optimizer == optimizer).MaxBy(run => run.Merit)!.Setting;
            foreach (CifarSetting setting in grid.Around(best))
                Try(setting);
        }
        return CifarReport.Create(new CifarResults(
            data, train.Count, held.Count, grid, runs, [data.Train.InputColumns, .. hidden, data.ClassNames.Count], epochs), settings);

        void Try(CifarSetting setting)
        {
            progress.Begin(setting.Label);
            TrialResult trial = Trial.Run(Plan(setting), cancellation);
            runs.Add(new CifarRun(setting, trial));
            string outcome = trial.Diverged ? Diverged : $"test accuracy {Share(trial.TestAccuracy)}";
            progress.Done($"{setting.Label,-40} {outcome}, {trial.Epochs.Count} epochs, {Seconds(trial.Seconds)}");
        }

        TrialPlan Plan(CifarSetting setting) => new()
        {
            Label = setting.Label,
            Rule = setting.Rule,
            Layers = () =>
            [
                .. hidden.Select(width => new Dense(width, "relu", kernelInitializer: setting.Initializer)),
                new Dense(data.ClassNames.Count, "softmax"),
            ],
            Loss = "sparse_categorical_crossentropy",
            Epochs = epochs,
            BatchSize = setting.BatchSize,
            Seed = settings.Seed,
            Backend = settings.Backend,
            Train = train,
            Validation = held,
            Test = data.Test,
            Callbacks = Callbacks(),
        };
    }

    private static Callback[] Callbacks() =>
    [
        new TerminateOnNaN(),
        new ReduceLROnPlateau
        {
            Monitor = "val_loss", Factor = PlateauFactor, Patience = PlateauPatience, MinLearningRate = MinLearningRate,
        },
        new EarlyStopping { Monitor = "val_loss", Patience = Patience, RestoreBestWeights = true },
    ];
}
