using NativeOpt.Cli.Commands;
using NativeOpt.Cli.Display;
using NativeOpt.Cli.Loading;

namespace NativeOpt.Cli.Comparison;

/// <summary>
/// Trains the same network with one setting after the other, with the same seeds: from the same first weights, where these do not vary, and
/// in the same order of rows.
/// </summary>
internal sealed class ComparisonRunner
{
    private const string HiddenActivation = "relu", OutputActivation = "softmax", Loss = "sparse_categorical_crossentropy";

    /// <summary>Rows that are evaluated together on the test samples.</summary>
    private const int TestBatchSize = 256;

    private readonly CompareSettings _settings;
    private readonly MachineInfo _machine;
    private readonly LoadedData _data;
    private readonly InMemoryDataset _train, _test;
    private readonly int _trainRows;

    /// <summary>Scales the data, and makes the variants.</summary>
    /// <exception cref="InputException">A rule takes no schedule.</exception>
    public ComparisonRunner(CompareSettings settings, LoadedData data, MachineInfo machine)
    {
        (_settings, _data, _machine) = (settings, data, machine);
        Preprocessing preprocessing = Preprocessing.Fit(data, ScaleKind.Auto, ComparisonData.ValidationSplit, []);
        (_train, _test) = (preprocessing.Apply(data.Train), preprocessing.Apply(data.Test!));
        _trainRows = data.TrainRows(ComparisonData.ValidationSplit);
        Variants = ComparisonGrid.Create(settings);
        Network = Describe([data.Train.InputColumns, .. settings.Hidden, data.ClassNames.Count]);
    }

    /// <summary>What varies.</summary>
    public IReadOnlyList<GridVariant> Variants { get; }

    /// <summary>What will be trained.</summary>
    public NetworkInfo Network { get; }

    /// <summary>What it will be trained on.</summary>
    public DatasetInfo Dataset => _data.Describe(ComparisonData.ValidationSplit);

    /// <summary>Trains every variant with every seed; interrupted, it ends with what is finished.</summary>
    /// <exception cref="OperationCanceledException">It was interrupted before anything was finished.</exception>
    public ComparisonResults Run(IComparisonWatcher watcher, CancellationToken cancellation)
    {
        WarmUp(cancellation);
        DateTimeOffset started = DateTimeOffset.UtcNow;
        var runs = new List<RunResult>();
        for (int i = 0; i < Variants.Count && !cancellation.IsCancellationRequested; i++)
        {
            watcher.RunStarted(i);
            SeedResult[] seeds = [.. Train(i, watcher, cancellation)];
            if (seeds.Length == 0)
                break;
            runs.Add(SeedSummary.Of(Variants[i], seeds, _trainRows));
            watcher.RunEnded(i, runs[i]);
        }
        if (runs.Count == 0)
            cancellation.ThrowIfCancellationRequested();
        return new ComparisonResults
        {
            Version = ProductVersion.Text,
            Started = started,
            Machine = _machine,
            Dataset = Dataset,
            Network = Network,
            Training = DescribeTraining(),
            PlannedRuns = Variants.Count * _settings.Seeds,
            Runs = runs,
        };
    }

    private TrainingInfo DescribeTraining() => new()
    {
        Epochs = _settings.Epochs,
        BatchSize = _settings.BatchSizes[0],
        Seed = _settings.Seed,
        LearningRate = _settings.LearningRates.Count == 1 ? _settings.LearningRates[0] : null,
        BatchSizes = _settings.BatchSizes,
        LearningRates = _settings.LearningRates,
        Initializers = [.. Variants.Select(variant => variant.Initializer).Distinct()],
        Schedules = _settings.Schedules,
        Seeds = _settings.Seeds,
    };

    /// <summary>
    /// Trains a throw-away network on a few rows with each optimizer, untimed: what is compiled, loaded and started when it is first
    /// used would else count as time of the first epoch. Models have their own random numbers, so that no run notices.
    /// </summary>
    private void WarmUp(CancellationToken cancellation)
    {
        const int Rows = 256, Batch = 32, Width = 64, Epochs = 8;
        var rows = new FirstRows(_train, Math.Min(Rows, _train.Count));
        var progress = new WatchedProgress(new NoDisplay(), 0, Batch, Epochs, 0, 1, epoch => Numbers(epoch, double.NaN));
        foreach (GridVariant variant in Variants.DistinctBy(variant => variant.Rule.Name))
        {
            using Sequential model = CreateModel([Width], variant, _settings.Seed);
            model.Fit(rows, Epochs, Batch, validationSplit: ComparisonData.ValidationSplit, progress: progress,
                cancellationToken: cancellation);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The runs of a variant, or those that were finished before it was interrupted.</summary>
    private IEnumerable<SeedResult> Train(int variant, IComparisonWatcher watcher, CancellationToken cancellation)
    {
        for (int i = 0; i < _settings.Seeds; i++)
        {
            var rates = new RateLog();
            var progress = new WatchedProgress(watcher, variant, Variants[variant].BatchSize, _settings.Epochs, i, _settings.Seeds,
                epoch => Numbers(epoch, rates.Last));
            SeedResult? result = null;
            try
            {
                result = Train(Variants[variant], _settings.Seed + i, progress, rates, cancellation);
            }
            catch (OperationCanceledException)
            {
                // What is finished is kept; the caller sees the token.
            }
            if (result is null)
                yield break;
            yield return result;
        }
    }

    private SeedResult Train(GridVariant variant, int seed, WatchedProgress progress, RateLog rates, CancellationToken cancellation)
    {
        using Sequential model = CreateModel(_settings.Hidden, variant, seed);
        History history = model.Fit(_train, _settings.Epochs, variant.BatchSize, validationSplit: ComparisonData.ValidationSplit,
            callbacks: [rates], progress: progress, cancellationToken: cancellation);
        cancellation.ThrowIfCancellationRequested();
        EvaluationResult test = model.Evaluate(_test, TestBatchSize);
        EpochNumbers[] epochs = [.. history.Epochs.Select((epoch, i) => Numbers(epoch, rates.Rates[i]))];
        return new SeedResult
        {
            Seed = seed,
            Epochs = epochs,
            TestLoss = test.Loss,
            TestAccuracy = test.Accuracy ?? double.NaN,
            SecondsPerEpoch = Statistics.Median(epochs.Select(e => e.Seconds)),
        };
    }

    private Sequential CreateModel(IReadOnlyList<int> hidden, GridVariant variant, int seed)
    {
        Initializer initializer = Initializer.FromName(variant.Initializer);
        var model = new Sequential(seed);
        foreach (int width in hidden)
            model.Add(new Dense(width, HiddenActivation, kernelInitializer: initializer));
        model.Add(new Dense(_data.ClassNames.Count, OutputActivation, kernelInitializer: initializer));
        model.Compile(variant.Rule, Loss, ["accuracy"], _settings.Backend);
        return model;
    }

    private EpochNumbers Numbers(EpochResult epoch, double rate) => new()
    {
        Epoch = epoch.Epoch,
        Loss = epoch.Loss,
        Accuracy = epoch.Accuracy ?? double.NaN,
        ValLoss = epoch.ValidationLoss ?? double.NaN,
        ValAccuracy = epoch.ValidationAccuracy ?? double.NaN,
        LearningRate = rate,
        Seconds = epoch.Seconds,
        SamplesPerSecond = _trainRows / epoch.Seconds,
    };

    private static NetworkInfo Describe(int[] layers) => new()
    {
        Layers = layers,
        HiddenActivation = HiddenActivation,
        OutputActivation = OutputActivation,
        Loss = Loss,
        Parameters = layers.Zip(layers.Skip(1), (inputs, outputs) => (inputs + 1L) * outputs).Sum(),
    };
}
