using System.Text.Json.Nodes;
using NativeOpt.Cli.Commands;
using NativeOpt.Cli.Display;

namespace NativeOpt.Cli.Comparison;

/// <summary>
/// Trains the same network with one optimizer after the other, from the same first weights and in the same order of rows.
/// </summary>
internal sealed class ComparisonRunner(CompareSettings settings, DataSplit data, MachineInfo machine)
{
    private const string HiddenActivation = "relu", OutputActivation = "softmax", Loss = "sparse_categorical_crossentropy";

    /// <summary>Rows that are evaluated together on the test samples.</summary>
    private const int TestBatchSize = 256;

    private readonly int _trainRows = (int)Math.Floor(data.Train.Count * (1 - ComparisonData.ValidationSplit));

    /// <summary>What will be trained.</summary>
    public NetworkInfo Network { get; } = Describe([data.Train.InputColumns, .. settings.Hidden, data.ClassNames.Count]);

    /// <summary>What it will be trained on.</summary>
    public DatasetInfo Dataset => new()
    {
        Name = data.Name,
        Title = ComparisonData.TitleOf(data.Name),
        Inputs = data.Train.InputColumns,
        Classes = data.ClassNames.Count,
        TrainSamples = _trainRows,
        ValidationSamples = data.Train.Count - _trainRows,
        TestSamples = data.Test.Count,
    };

    /// <summary>Trains with every optimizer.</summary>
    /// <exception cref="OperationCanceledException">It was asked for.</exception>
    public ComparisonResults Run(IComparisonWatcher watcher, CancellationToken cancellation)
    {
        WarmUp(cancellation);
        DateTimeOffset started = DateTimeOffset.UtcNow;
        var runs = new List<RunResult>();
        for (int i = 0; i < settings.Optimizers.Count; i++)
        {
            watcher.RunStarted(i);
            runs.Add(Train(settings.Optimizers[i], new WatchedProgress(i, settings.BatchSize, Numbers, watcher), cancellation));
            watcher.RunEnded(i, runs[i]);
        }
        return new ComparisonResults
        {
            Version = ProductVersion.Text,
            Started = started,
            Machine = machine,
            Dataset = Dataset,
            Network = Network,
            Training = new TrainingInfo
            {
                Epochs = settings.Epochs,
                BatchSize = settings.BatchSize,
                Seed = settings.Seed,
                LearningRate = settings.LearningRate,
            },
            Runs = runs,
        };
    }

    /// <summary>
    /// Trains a throw-away network on a few rows with each optimizer, untimed: what is compiled, loaded and started when it is first
    /// used would else count as time of the first epoch. Models have their own random numbers, so that no run notices.
    /// </summary>
    private void WarmUp(CancellationToken cancellation)
    {
        const int Rows = 256, Batch = 32, Width = 64, Epochs = 8;
        var rows = new FirstRows(data.Train, Math.Min(Rows, data.Train.Count));
        var progress = new WatchedProgress(0, Batch, Numbers, new NoDisplay());
        foreach (OptimizerChoice choice in settings.Optimizers.DistinctBy(choice => choice.Rule.Name))
        {
            using Sequential model = CreateModel([Width]);
            model.Compile(choice.Rule, Loss, ["accuracy"], settings.Backend);
            model.Fit(rows, Epochs, Batch, validationSplit: ComparisonData.ValidationSplit, progress: progress,
                cancellationToken: cancellation);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private RunResult Train(OptimizerChoice choice, WatchedProgress progress, CancellationToken cancellation)
    {
        using Sequential model = CreateModel(settings.Hidden);
        model.Compile(choice.Rule, Loss, ["accuracy"], settings.Backend);
        History history = model.Fit(data.Train, settings.Epochs, settings.BatchSize, validationSplit: ComparisonData.ValidationSplit,
            progress: progress, cancellationToken: cancellation);
        cancellation.ThrowIfCancellationRequested();
        EvaluationResult test = model.Evaluate(data.Test, TestBatchSize);
        EpochNumbers[] epochs = [.. history.Epochs.Select(Numbers)];
        double seconds = Median([.. epochs.Select(e => e.Seconds)]);
        return new RunResult
        {
            Optimizer = choice.Name,
            Label = choice.Label,
            LearningRate = choice.Rule.LearningRate,
            Hyperparameters = Hyperparameters(choice.Rule),
            Epochs = epochs,
            TestLoss = test.Loss,
            TestAccuracy = test.Accuracy ?? double.NaN,
            SecondsPerEpoch = seconds,
            SamplesPerSecond = _trainRows / seconds,
        };
    }

    private Sequential CreateModel(IReadOnlyList<int> hidden)
    {
        var model = new Sequential(seed: settings.Seed);
        foreach (int width in hidden)
            model.Add(new Dense(width, HiddenActivation));
        model.Add(new Dense(data.ClassNames.Count, OutputActivation));
        return model;
    }

    private EpochNumbers Numbers(EpochResult epoch) => new()
    {
        Epoch = epoch.Epoch,
        Loss = epoch.Loss,
        Accuracy = epoch.Accuracy ?? double.NaN,
        ValLoss = epoch.ValidationLoss ?? double.NaN,
        ValAccuracy = epoch.ValidationAccuracy ?? double.NaN,
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

    private static JsonObject Hyperparameters(OptimizerRule rule) => new(rule.GetSettings().Select(setting =>
        KeyValuePair.Create<string, JsonNode?>(setting.Key, setting.Value switch
        {
            double number => JsonValue.Create(number),
            int whole => JsonValue.Create(whole),
            bool flag => JsonValue.Create(flag),
            null => null,
            object other => JsonValue.Create(other.ToString()),
        })));

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
