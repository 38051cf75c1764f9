using System.Diagnostics;
using NativeOpt.Metrics;

namespace NativeOpt.Training;

/// <summary>Epochs of training steps with what goes on between them: callbacks, validation, progress.</summary>
internal sealed class FitLoop
{
    private readonly Model _model;
    private readonly Engine _engine;
    private readonly FitSettings _settings;
    private readonly CallbackList _callbacks;
    private readonly MetricSet _metrics;
    private readonly BatchOrder _order;
    private readonly int _batchCount;
    private readonly EvaluationRun? _validation;
    private readonly string[] _trainKeys;
    private readonly string[] _allKeys;
    private readonly TrainingLogs _batchLogs;
    private readonly TrainingLogs _epochLogs;
    private long _firstStep;

    public FitLoop(Model model, Engine engine, FitSettings settings)
    {
        (_model, _engine, _settings, _callbacks) = (model, engine, settings, settings.Callbacks);
        _metrics = engine.Objective!.TrainingMetrics;
        _order = new BatchOrder(settings.Train, settings.BatchSize, settings.Arguments.Shuffle ? settings.Seed : null);
        _batchCount = settings.BatchCount;
        if (settings.Validation is { } validation)
            _validation = new EvaluationRun(model, engine, validation, settings.Arguments.ValidationSize, _callbacks);
        _trainKeys = [.. _metrics.Keys];
        _allKeys = _validation is null
            ? _trainKeys
            : [.. _trainKeys, .. _trainKeys.Select(key => TrainingLogs.ValidationPrefix + key)];
        _batchLogs = new TrainingLogs(_trainKeys);
        _epochLogs = new TrainingLogs(_allKeys);
        History = new History(_allKeys);
    }

    /// <summary>The epochs so far.</summary>
    public History History { get; }

    /// <summary>Trains until the epochs are done or a callback stops.</summary>
    /// <exception cref="OperationCanceledException">Between two batches, when it was asked for.</exception>
    public void Run(CancellationToken cancellationToken)
    {
        FitArguments arguments = _settings.Arguments;
        _engine.EnsureCapacity(Math.Max(Math.Min(arguments.BatchSize, _settings.Train.Count), _validation?.BatchRows ?? 0));
        _callbacks.TrainBegin();
        _model.LoadCallbackStates(_callbacks.Callbacks);
        FitPosition start = _model.TakeResumePosition() ?? new FitPosition(arguments.InitialEpoch, 0);
        // With a seed of its own a Fit is the same wherever it is called, else it goes on where the last one ended.
        _firstStep = (arguments.Seed is null ? _model.EpochsTrained - start.Epoch : 0) * _batchCount;
        for (int epoch = start.Epoch; epoch < arguments.Epochs && !_model.StopTraining; epoch++)
            RunEpoch(epoch, epoch == start.Epoch ? start.Batch : 0, cancellationToken);
        _engine.Optimizer!.FinalizeAverages();
        _callbacks.TrainEnd(_epochLogs);
    }

    private void RunEpoch(int epoch, int firstBatch, CancellationToken cancellationToken)
    {
        _callbacks.EpochBegin(epoch);
        _metrics.Reset();
        long step = _firstStep + (long)epoch * _batchCount;
        // Shuffles, which is not a part of the time of the steps.
        _order.RowsOf(step + firstBatch);
        long start = Stopwatch.GetTimestamp();
        int batch = firstBatch;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            RunBatch(batch, step + batch);
            batch++;
            Report(epoch, batch, Stopwatch.GetElapsedTime(start), finished: null);
        }
        while (batch < _batchCount && !_model.StopTraining);
        _engine.FlushGradients();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        FinishEpoch(epoch, batch, elapsed, cancellationToken);
    }

    private void FinishEpoch(int epoch, int batches, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        bool validates = _validation is not null && _settings.Arguments.Validates(epoch);
        _epochLogs.SetKeys(validates ? _allKeys : _trainKeys);
        _metrics.CopyTo(_epochLogs.Values);
        if (validates)
        {
            _validation!.Run(cancellationToken);
            _validation.Logs.Values.CopyTo(_epochLogs.Values[_trainKeys.Length..]);
        }
        var result = new EpochResult(epoch + 1, _epochLogs.Copy(), elapsed.TotalSeconds);
        History.Add(result);
        _callbacks.EpochEnd(epoch, _epochLogs);
        History.Complete(_epochLogs);
        Report(epoch, batches, elapsed, result);
    }

    private void RunBatch(int batch, long step)
    {
        _callbacks.BatchBegin(batch);
        _model.ThrowIfDisposed();
        _engine.Train(_settings.Train.Data, _order.RowsOf(step), _metrics);
        _metrics.CopyTo(_batchLogs.Values);
        _callbacks.BatchEnd(batch, _batchLogs);
    }

    private void Report(int epoch, int batch, TimeSpan elapsed, EpochResult? finished)
    {
        foreach (IProgress<TrainingProgress> progress in _settings.Progress)
            progress.Report(new TrainingProgress(
                epoch + 1, _settings.Arguments.Epochs, batch, _batchCount, _batchLogs["loss"], _batchLogs.Accuracy, elapsed, finished));
    }
}
