using NativeOpt.Cli.Tutorial.Trials;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Tutorial.Batches;

/// <summary>
/// All rows at once, one at a time, and batches of 32 and 64, with the same plain SGD: what a step costs, what it brings, and how far
/// the gradient of a batch is from that of all rows.
/// </summary>
internal sealed class BatchSizesExperiment : IExperiment
{
    private const int Hidden = 32;
    private const double LearningRate = 0.05;

    /// <inheritdoc/>
    public string Name => "batch-sizes";

    /// <inheritdoc/>
    public string Summary => "batches of all rows, 64, 32 and 1: loss by epochs and seconds, gradient noise";

    /// <inheritdoc/>
    public string Duration => "5 s";

    /// <inheritdoc/>
    public TutorialOptions Options => TutorialOptions.Seeds | TutorialOptions.Epochs;

    /// <inheritdoc/>
    public IReadOnlyList<string> CsvFiles => [TrialFiles.History];

    /// <inheritdoc/>
    public ExperimentOutcome Run(TutorialSettings settings, ExperimentProgress progress, CancellationToken cancellation)
    {
        DataSplit data = Datasets.Digits.Load();
        int[] sizes = [data.Train.Count, 1, 32, 64];
        int epochs = settings.EpochsOr(30, quick: 3);
        IReadOnlyList<int> seeds = settings.SeedsOr(3);
        progress.Plan(sizes.Length + 1);
        // What is compiled and started when it is first used would else count as time of the first epoch.
        foreach (int size in sizes)
            Trial.Run(Plan(size, 1, seeds[0]), cancellation);
        var groups = new List<BatchRun>();
        IReadOnlyList<float[,]> trained = [];
        foreach (int size in sizes)
        {
            progress.Begin($"batch {size}");
            var trials = new List<TrialResult>();
            foreach (int seed in seeds)
            {
                (TrialResult trial, var weights) = Trial.Run(Plan(size, epochs, seed), model => model.GetWeights(), cancellation);
                trials.Add(trial);
                // The noise is measured at the first seed's weights.
                trained = size == 32 && seed == seeds[0] ? weights : trained;
            }
            var run = new BatchRun(size, (data.Train.Count + size - 1) / size, new TrialGroup(LabelOf(size), trials));
            groups.Add(run);
            progress.Done($"{run.Group.Label,-20} training loss {LossText(run.FinalLoss)}");
        }
        progress.Begin("gradient noise");
        GradientNoise noise = GradientNoise.Measure(
            () => Model(seeds[0], settings.Backend), trained, data.Train, settings.Quick ? 20 : 200, settings.Seed, cancellation);
        progress.Done($"{"gradient noise",-20} falls as batch^{noise.Start.Slope:0.00}");
        return BatchSizesReport.Create(new BatchSizesResults(data, groups, noise, epochs, LearningRate, Hidden));

        string LabelOf(int size) => size == data.Train.Count ? $"full batch ({Count(size)})" : $"batch {size}";

        TrialPlan Plan(int size, int count, int seed) => new()
        {
            Label = LabelOf(size),
            Rule = new Sgd { LearningRate = LearningRate },
            Layers = Layers,
            Loss = "sparse_categorical_crossentropy",
            Epochs = count,
            BatchSize = size,
            Seed = seed,
            Backend = settings.Backend,
            Train = data.Train,
            // The loss over all training rows with the weights at the end of the epoch: the mean over the epoch itself would favour
            // small batches less than large ones.
            Validation = data.Train,
            Test = data.Test,
        };
    }

    private static IEnumerable<Layer> Layers() => [new Dense(Hidden, "relu"), new Dense(10, "softmax")];

    private static Sequential Model(int seed, BackendKind backend)
    {
        var model = new Sequential(seed, Layers());
        model.Compile(new Sgd { LearningRate = LearningRate }, "sparse_categorical_crossentropy", backend: backend);
        return model;
    }
}
