using System.Diagnostics;
using NativeOpt.Data;
using NativeOpt.Metrics;

namespace NativeOpt.Training;

/// <summary>Epochs of training steps with what goes on between them: callbacks, validation, progress.</summary>
internal sealed class FitLoop
{
    private readonly Model _model;
    private readonly Engine _engine;
    private readonly FitSettings _settings;
    private readonly MetricSet _metrics;
    private readonly TrainingLogs _batchLogs;
    private readonly TrainingLogs _epochLogs;
    private readonly int[] _order;
    private readonly int[] _validationRows;
    private readonly int _batchCount;

    public FitLoop(Model model, Engine engine, FitSettings settings)
    {
        (_model, _engine, _settings) = (model, engine, settings);
        _metrics = engine.Objective!.TrainingMetrics;
        _batchLogs = new TrainingLogs(_metrics.Keys);
        _epochLogs = new TrainingLogs(
            settings.Validation is null
                ? _metrics.Keys
                : [.. _metrics.Keys, .. _metrics.Keys.Select(key => TrainingLogs.ValidationPrefix + key)]);
        _order = new int[settings.Train.Count];
        _validationRows = new int[Math.Min(settings.BatchSize, settings.Validation?.Count ?? 0)];
        _batchCount = 1 + (_order.Length - 1) / settings.BatchSize;
        History = new History(_epochLogs.Keys);
    }

    /// <summary>The epochs so far.</summary>
    public History History { get; }

    /// <summary>Trains until the epochs are done or a callback stops.</summary>
    /// <exception cref="OperationCanceledException">Between two batches, when it was asked for.</exception>
    public void Run(CancellationToken cancellationToken)
    {
        _engine.EnsureCapacity(Math.Max(Math.Min(_settings.BatchSize, _order.Length), _validationRows.Length));
        foreach (Callback callback in _settings.Callbacks)
            callback.OnTrainBegin();
        _model.LoadCallbackStates(_settings.Callbacks);
        for (int epoch = 0; epoch < _settings.Epochs && !_model.StopTraining; epoch++)
            RunEpoch(epoch, cancellationToken);
        _engine.Optimizer!.FinalizeAverages();
        foreach (Callback callback in _settings.Callbacks)
            callback.OnTrainEnd(_epochLogs);
    }

    private void RunEpoch(int epoch, CancellationToken cancellationToken)
    {
        foreach (Callback callback in _settings.Callbacks)
            callback.OnEpochBegin(epoch);
        _metrics.Reset();
        OrderRows(epoch);
        long start = Stopwatch.GetTimestamp();
        for (int batch = 0; batch < _batchCount; batch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RunBatch(batch);
            _settings.Progress?.Report(ProgressOf(epoch, batch + 1, Stopwatch.GetElapsedTime(start), null));
        }
        _engine.FlushGradients();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        _metrics.CopyTo(_epochLogs.Values);
        Validate(cancellationToken);
        var result = new EpochResult(epoch + 1, _epochLogs.Copy(), elapsed.TotalSeconds);
        History.Add(result);
        foreach (Callback callback in _settings.Callbacks)
            callback.OnEpochEnd(epoch, _epochLogs);
        _settings.Progress?.Report(ProgressOf(epoch, _batchCount, elapsed, result));
    }

    private void RunBatch(int batch)
    {
        foreach (Callback callback in _settings.Callbacks)
            callback.OnBatchBegin(batch);
        _model.ThrowIfDisposed();
        int first = batch * _settings.BatchSize;
        ReadOnlySpan<int> rows = _order.AsSpan(first, Math.Min(_settings.BatchSize, _order.Length - first));
        _engine.Train(_settings.Train.Data, rows, _metrics);
        _metrics.CopyTo(_batchLogs.Values);
        foreach (Callback callback in _settings.Callbacks)
            callback.OnBatchEnd(batch, _batchLogs);
    }

    // Each epoch shuffles anew from the original order, so that it depends on seed and epoch alone.
    private void OrderRows(int epoch)
    {
        RowOrder.Fill(_order, _settings.Train.First);
        if (_settings.Shuffle)
            RowOrder.Shuffle(_order, _settings.Seed, _settings.FirstEpoch + epoch);
    }

    private void Validate(CancellationToken cancellationToken)
    {
        if (_settings.Validation is not { } validation)
            return;
        foreach (Callback callback in _settings.Callbacks)
            callback.OnTestBegin();
        _model.EvaluateRows(_engine, validation, _validationRows, cancellationToken);
        _engine.Objective!.EvaluationMetrics.CopyTo(_epochLogs.Values[_metrics.Keys.Count..]);
        foreach (Callback callback in _settings.Callbacks)
            callback.OnTestEnd(_epochLogs);
    }

    private TrainingProgress ProgressOf(int epoch, int batch, TimeSpan elapsed, EpochResult? finished) => new(
        epoch + 1, _settings.Epochs, batch, _batchCount, _batchLogs["loss"], _batchLogs.Accuracy, elapsed, finished);
}
