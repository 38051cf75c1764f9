using NativeOpt.Data;
using NativeOpt.Text;
using NativeOpt.Training;

namespace NativeOpt;

// Training and measuring.
public abstract partial class Model
{
    private const int DefaultBatchSize = 32;

    private bool _isFitting;
    private long _epochsTrained;
    private IReadOnlyList<Callback> _callbacks = [];
    private FitPosition? _resumePosition;

    /// <summary>
    /// Set by a callback: Fit takes no further step. The epoch is still closed as always, with its validation and OnEpochEnd, as in
    /// Keras. Fit clears it when it begins.
    /// </summary>
    public bool StopTraining { get; set; }

    /// <summary>The epochs of the last Fit, also of one that was cancelled; null before.</summary>
    public History? History { get; private set; }

    /// <summary>Trains on arrays.</summary>
    /// <param name="x">Inputs: float[,], float[][], Tensor, memory or bytes with a shape.</param>
    /// <param name="y">As many targets: class numbers (int[], byte[]) or rows (float[], float[,], float[][], Tensor).</param>
    /// <param name="epochs">Passes over the data, at least 1; with initialEpoch the number of the last one.</param>
    /// <param name="batchSize">Rows of a step, at least 1; the last batch of an epoch may be shorter.</param>
    /// <param name="validationData">Measured after every epoch.</param>
    /// <param name="validationSplit">
    /// In [0, 1): this share of the rows, the last ones before shuffling, is measured after every epoch instead of trained on.
    /// Not used where validationData is given.
    /// </param>
    /// <param name="shuffle">Whether each epoch has an order of its own; true by default.</param>
    /// <param name="seed">Decides the orders of this Fit. By default they follow from the model's seed and its epochs so far.</param>
    /// <param name="callbacks">Code that runs between the steps.</param>
    /// <param name="progress">Told after every batch, on this thread where the object does so.</param>
    /// <param name="cancellationToken">Ends training between two batches.</param>
    /// <param name="sampleWeight">What the loss of each row is multiplied by, as many finite numbers as there are rows; null: 1.</param>
    /// <param name="classWeight">
    /// What the loss of the rows of a class is multiplied by in training; classes that are not there have 1. Not together with
    /// sample weights.
    /// </param>
    /// <param name="initialEpoch">
    /// How many of the epochs are done already, at most epochs: callbacks, schedules by epoch and results begin to count there. 0 by
    /// default.
    /// </param>
    /// <param name="stepsPerEpoch">
    /// Steps of an epoch, at least 1. The next epoch goes on where this one has ended; when all rows have been used, they are shuffled
    /// anew. Null: as many as a pass over the rows has.
    /// </param>
    /// <param name="validationSteps">Batches of a validation, at least 1; null: all rows.</param>
    /// <param name="validationBatchSize">Rows that are validated together, at least 1; null: batchSize.</param>
    /// <param name="validationFrequency">Validates after every so many epochs, at least 1; 1 by default.</param>
    /// <param name="verbose">
    /// Shows a <see cref="ProgressLine"/> where the standard output is a terminal; false by default. The library prints nothing else.
    /// </param>
    /// <returns>The numbers of every epoch.</returns>
    /// <exception cref="ArgumentException">
    /// Sizes, labels or settings are wrong; nothing has been changed. The message names the argument, and where it applies the
    /// layer, the row, what was expected and what was there.
    /// </exception>
    /// <exception cref="InvalidOperationException">The model is not compiled, or a Fit runs on it.</exception>
    /// <exception cref="OperationCanceledException">
    /// Cancelled. The model keeps what it has learnt and stays usable; finished epochs are in <see cref="History"/>.
    /// </exception>
    /// <exception cref="ObjectDisposedException">
    /// The model is closed, perhaps by a callback or another thread while this Fit had batches left.
    /// </exception>
    public History Fit(
        Features x, Targets y, int epochs = 1, int batchSize = DefaultBatchSize, (Features X, Targets Y)? validationData = null,
        double validationSplit = 0, bool shuffle = true, long? seed = null, IEnumerable<Callback>? callbacks = null,
        IProgress<TrainingProgress>? progress = null, float[]? sampleWeight = null,
        IReadOnlyDictionary<int, double>? classWeight = null, int initialEpoch = 0, int? stepsPerEpoch = null,
        int? validationSteps = null, int? validationBatchSize = null, int validationFrequency = 1, bool verbose = false,
        CancellationToken cancellationToken = default)
    {
        var data = new InMemoryDataset(x, y, sampleWeight);
        return Fit(new RowRange(data, 0, data.Count, ArgumentNames.Arrays), PairValidation(validationData), new FitArguments
        {
            Epochs = epochs, BatchSize = batchSize, ValidationSplit = validationSplit, Shuffle = shuffle, Seed = seed,
            Callbacks = callbacks, Progress = progress, ClassWeight = classWeight, InitialEpoch = initialEpoch,
            StepsPerEpoch = stepsPerEpoch, ValidationSteps = validationSteps, ValidationBatchSize = validationBatchSize,
            ValidationFrequency = validationFrequency, Verbose = verbose,
        }, cancellationToken);
    }

    /// <summary>Trains on a data set.</summary>
    /// <param name="data">Inputs and targets.</param>
    /// <param name="epochs">Passes over the data, at least 1.</param>
    /// <param name="batchSize">Rows of a step, at least 1; the last batch of an epoch may be shorter.</param>
    /// <param name="validationData">Measured after every epoch.</param>
    /// <param name="validationSplit">Share of the rows, the last ones, to measure instead of training on them; in [0, 1).</param>
    /// <param name="shuffle">Whether each epoch has an order of its own; true by default.</param>
    /// <param name="seed">Decides the orders of this Fit. By default they follow from the model's seed and its epochs so far.</param>
    /// <param name="callbacks">Code that runs between the steps.</param>
    /// <param name="progress">Told after every batch, on this thread where the object does so.</param>
    /// <param name="cancellationToken">Ends training between two batches.</param>
    /// <param name="classWeight">
    /// What the loss of the rows of a class is multiplied by in training; classes that are not there have 1. Not for a data set that
    /// has sample weights.
    /// </param>
    /// <param name="initialEpoch">How many of the epochs are done already: counting begins there. 0 by default.</param>
    /// <param name="stepsPerEpoch">Steps of an epoch, which the next one goes on behind; null: those of a pass over the rows.</param>
    /// <param name="validationSteps">Batches of a validation, at least 1; null: all rows.</param>
    /// <param name="validationBatchSize">Rows that are validated together, at least 1; null: batchSize.</param>
    /// <param name="validationFrequency">Validates after every so many epochs, at least 1; 1 by default.</param>
    /// <param name="verbose">Shows a <see cref="ProgressLine"/> where the standard output is a terminal; false by default.</param>
    /// <returns>The numbers of every epoch.</returns>
    /// <exception cref="ArgumentException">
    /// Sizes, labels or settings are wrong. Labels of a data set of your own are seen batch by batch, in the middle of training.
    /// </exception>
    /// <exception cref="InvalidOperationException">The model is not compiled, or a Fit runs on it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; finished epochs are in <see cref="History"/>.</exception>
    /// <exception cref="ObjectDisposedException">
    /// The model is closed, perhaps by a callback or another thread while this Fit had batches left.
    /// </exception>
    public History Fit(
        Dataset data, int epochs = 1, int batchSize = DefaultBatchSize, Dataset? validationData = null, double validationSplit = 0,
        bool shuffle = true, long? seed = null, IEnumerable<Callback>? callbacks = null,
        IProgress<TrainingProgress>? progress = null, IReadOnlyDictionary<int, double>? classWeight = null, int initialEpoch = 0,
        int? stepsPerEpoch = null, int? validationSteps = null, int? validationBatchSize = null, int validationFrequency = 1,
        bool verbose = false, CancellationToken cancellationToken = default) =>
        Fit(DataRanges.All(data, ArgumentNames.Dataset), validationData, new FitArguments
        {
            Epochs = epochs, BatchSize = batchSize, ValidationSplit = validationSplit, Shuffle = shuffle, Seed = seed,
            Callbacks = callbacks, Progress = progress, ClassWeight = classWeight, InitialEpoch = initialEpoch,
            StepsPerEpoch = stepsPerEpoch, ValidationSteps = validationSteps, ValidationBatchSize = validationBatchSize,
            ValidationFrequency = validationFrequency, Verbose = verbose,
        }, cancellationToken);

    /// <summary>One training step on one batch, in the order the rows have.</summary>
    /// <param name="x">Inputs.</param>
    /// <param name="y">As many targets.</param>
    /// <param name="sampleWeight">What the loss of each row is multiplied by; null: 1.</param>
    /// <returns>The loss before the update: the mean over the rows, where the loss has no other reduction.</returns>
    /// <exception cref="ArgumentException">Sizes or labels are wrong; nothing has been changed.</exception>
    /// <exception cref="InvalidOperationException">The model is not compiled.</exception>
    public double TrainOnBatch(Features x, Targets y, float[]? sampleWeight = null)
    {
        using OperationGate.Scope scope = _gate.Enter();
        var data = new InMemoryDataset(x, y, sampleWeight);
        Engine engine = RequireCompiled(new RowRange(data, 0, data.Count, ArgumentNames.Arrays));
        return engine.Train(data, FirstRows(data.Count)).Loss;
    }

    /// <summary>Loss and metrics of a compiled model, for rows that fit it.</summary>
    internal Objective RequireObjective(RowRange range)
    {
        using OperationGate.Scope scope = _gate.Enter();
        return RequireCompiled(range).Objective!;
    }

    /// <summary>For a callback that has restored the model when a Fit begins: the Fit goes on there.</summary>
    internal void ResumeAt(FitPosition position) => _resumePosition = position;

    /// <summary>Where a callback has told the Fit to go on, once; null: nowhere.</summary>
    internal FitPosition? TakeResumePosition()
    {
        FitPosition? position = _resumePosition;
        _resumePosition = null;
        return position;
    }

    internal void ThrowIfDisposed() => _gate.ThrowIfClosed();

    private static InMemoryDataset? PairValidation((Features X, Targets Y)? pair)
    {
        if (pair is not { } data)
            return null;
        try
        {
            return new InMemoryDataset(data.X, data.Y);
        }
        catch (ArgumentException exception)
        {
            string name = ArgumentNames.Validation.Inputs;
            throw new ArgumentException($"{name}: {ArgumentFailure.Sentence(exception)}", name, exception);
        }
    }

    private History Fit(RowRange all, Dataset? validationData, FitArguments arguments, CancellationToken cancellationToken)
    {
        using OperationGate.Scope scope = _gate.Enter();
        if (_isFitting)
            throw new InvalidOperationException("a Fit runs on this model already");
        arguments.Check();
        CallbackList callbacks = CallbackList.Require(arguments.Callbacks);
        (RowRange train, RowRange? validation) = DataRanges.Split(all, validationData, arguments.ValidationSplit);
        if (arguments.ClassWeight is { } weights)
            train = train with { Data = new ClassWeighted(train.Data, weights, "classWeight") };
        Engine engine = RequireCompiled(train, validation);
        return RunFit(engine, new FitSettings
        {
            Arguments = arguments,
            Train = train,
            Validation = validation,
            Callbacks = callbacks,
            MetricKeys = engine.Objective!.TrainingMetrics.Keys,
            Progress = ProgressOf(arguments),
            Seed = (ulong)(arguments.Seed ?? Seed),
        }, cancellationToken);
    }

    private static IProgress<TrainingProgress>[] ProgressOf(FitArguments arguments)
    {
        IProgress<TrainingProgress>? line = arguments.Verbose && !Console.IsOutputRedirected ? new ProgressLine(Console.Out) : null;
        return [.. new[] { line, arguments.Progress }.OfType<IProgress<TrainingProgress>>()];
    }

    private History RunFit(Engine engine, FitSettings settings, CancellationToken cancellationToken)
    {
        var loop = new FitLoop(this, engine, settings);
        History = loop.History;
        StopTraining = false;
        (_isFitting, _callbacks, _resumePosition) = (true, settings.Callbacks.Callbacks, null);
        try
        {
            settings.Callbacks.Attach(this, settings);
            loop.Run(cancellationToken);
        }
        finally
        {
            (_isFitting, _callbacks) = (false, []);
            _epochsTrained += loop.History.Epochs.Count;
            settings.Callbacks.Release();
        }
        return loop.History;
    }

    /// <summary>The engine of a compiled model, for rows that fit it. A model is built only after they have been checked.</summary>
    private Engine RequireCompiled(RowRange range, RowRange? validation = null)
    {
        RequireCompiled();
        int inputColumns = range.Data.InputColumns;
        CheckColumns(inputColumns, range.Names.Inputs);
        Objective objective = _engine?.Objective
            ?? _settings!.CreateObjective(Layers[^1], NetworkSizes.Check(Layers, inputColumns, _dtype));
        objective.CheckTargets(range);
        if (validation is { } other)
        {
            if (other.Data.InputColumns != inputColumns)
                throw WrongColumns(inputColumns, other.Data.InputColumns, other.Names.Inputs);
            objective.CheckTargets(other);
        }
        return EnsureBuilt(inputColumns, range.Names.Inputs);
    }
}
