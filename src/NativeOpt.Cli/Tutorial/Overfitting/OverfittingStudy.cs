using NativeOpt.Cli.Output;
using NativeOpt.Data;

namespace NativeOpt.Cli.Tutorial.Overfitting;

/// <summary>What a remedy did.</summary>
/// <param name="Remedy">The remedy.</param>
/// <param name="Runs">A training for each seed.</param>
/// <param name="Untreated">The trainings with the same seeds and no remedy.</param>
internal sealed record RemedyResult(Remedy Remedy, IReadOnlyList<OverfittingRun> Runs, IReadOnlyList<OverfittingRun> Untreated)
{
    /// <summary>How many seeds have a lower validation loss with it.</summary>
    public int Better => Runs.Zip(Untreated).Count(pair => pair.First.Last.ValidationLoss < pair.Second.Last.ValidationLoss);

    /// <summary>Whether it helps: with all seeds, with none, or with some.</summary>
    public Verdict Verdict => Verdicts.Of(Better, Runs.Count - Better, Runs.Count);

    /// <summary>One number of each run.</summary>
    public Sample Of(Func<OverfittingRun, double> value) => new([.. Runs.Select(value)]);
}

/// <summary>A network that is far too large for its few training rows, and what helps.</summary>
/// <param name="Data">Rows and classes; most of the training rows become validation rows.</param>
/// <param name="TrainRows">Rows to learn from.</param>
/// <param name="Epochs">Passes over them.</param>
/// <param name="Seeds">Repetitions: other training rows, first weights and orders.</param>
/// <param name="Seed">The first of the seeds.</param>
/// <param name="Backend">What computes.</param>
internal sealed record OverfittingStudy(DataSplit Data, int TrainRows, int Epochs, int Seeds, long Seed, BackendKind Backend)
{
    /// <summary>Share of the training rows whose class is another one than the right one: the noise that there is to learn.</summary>
    public const double WrongShare = 0.2;

    /// <summary>Rows of a step.</summary>
    public const int BatchSize = 16;

    private const int MaxValidationRows = 1000;

    /// <summary>Widths of the hidden layers.</summary>
    public IReadOnlyList<int> Hidden { get; } = [128, 128];

    /// <summary>Rows to validate on.</summary>
    public int ValidationRows => Math.Min(MaxValidationRows, Data.Train.Count - TrainRows);

    /// <summary>The network as it is first, then every remedy.</summary>
    public IReadOnlyList<RemedyResult> Run(ExperimentProgress progress, CancellationToken cancellation)
    {
        progress.Plan(1 + Remedy.All.Count);
        OverfittingRun[] untreated = Repeat(Remedy.None);
        return
        [
            new(Remedy.None, untreated, untreated),
            .. Remedy.All.Select(remedy => new RemedyResult(remedy, Repeat(remedy), untreated)),
        ];

        OverfittingRun[] Repeat(Remedy remedy)
        {
            progress.Begin(remedy.Label);
            OverfittingRun[] runs = [.. Enumerable.Range(0, Seeds).Select(i => Train(remedy, Seed + i, cancellation))];
            progress.Done($"{remedy.Label,-28} validation loss {NumberText.LossText(runs.Average(run => run.Last.ValidationLoss))}");
            return runs;
        }
    }

    private OverfittingRun Train(Remedy remedy, long seed, CancellationToken cancellation)
    {
        (InMemoryDataset train, InMemoryDataset validation) = Divide(seed);
        var recorder = new GapRecorder(train, validation);
        List<Callback> callbacks = [recorder];
        if (remedy.Patience is { } patience)
            callbacks.Add(new EarlyStopping { Patience = patience, RestoreBestWeights = true });
        using Sequential model = remedy.CreateModel(Hidden, Data.ClassNames.Count, seed);
        model.Compile(new Adam(), GapRecorder.PlainLoss, ["accuracy", GapRecorder.PlainLoss], Backend);
        model.Fit(train, Epochs, BatchSize, validationData: validation, validationBatchSize: MaxValidationRows, seed: seed,
            callbacks: callbacks, cancellationToken: cancellation);
        (double loss, double accuracy) = GapRecorder.Measure(model, train);
        (double validationLoss, double validationAccuracy) = GapRecorder.Measure(model, validation);
        return new OverfittingRun(remedy, recorder.Epochs, new EpochGap(loss, accuracy, validationLoss, validationAccuracy),
            GapRecorder.Measure(model, Data.Test).Accuracy);
    }

    /// <summary>Random rows to learn from, some of them under a wrong class, and others to validate on.</summary>
    private (InMemoryDataset Train, InMemoryDataset Validation) Divide(long seed)
    {
        var random = new RandomSequence(seed, stream: 0);
        int[] order = random.Permutation(Data.Train.Count);
        InMemoryDataset train = Select(order.AsSpan(0, TrainRows));
        int[] labels = train.Y.ToLabels();
        int classes = Data.ClassNames.Count;
        for (int row = 0; row < (int)(WrongShare * TrainRows); row++)
            labels[row] = (labels[row] + 1 + random.NextBelow(classes - 1)) % classes;
        return (new InMemoryDataset(train.X, labels), Select(order.AsSpan(TrainRows, ValidationRows)));
    }

    private InMemoryDataset Select(ReadOnlySpan<int> rows) => new(Data.Train.X.SelectRows(rows), Data.Train.Y.SelectRows(rows));
}
