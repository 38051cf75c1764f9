using NativeOpt.Data;
using NativeOpt.Metrics;

namespace NativeOpt.Training;

/// <summary>Measures loss and metrics of rows, once or again and again; after the first time nothing is allocated.</summary>
internal sealed class EvaluationRun
{
    private readonly Model _model;
    private readonly Engine _engine;
    private readonly RowRange _range;
    private readonly CallbackList _callbacks;
    private readonly int[] _rows;

    /// <summary>An evaluation of the first rows of a range.</summary>
    /// <param name="model">The model.</param>
    /// <param name="engine">Its engine, compiled.</param>
    /// <param name="range">The rows.</param>
    /// <param name="size">Rows that are computed together, and how many times.</param>
    /// <param name="callbacks">Told before and after each batch.</param>
    public EvaluationRun(Model model, Engine engine, RowRange range, RunSize size, CallbackList callbacks)
    {
        (_model, _engine, _callbacks) = (model, engine, callbacks);
        _range = range with { Count = size.RowsOf(range.Count) };
        _rows = new int[Math.Min(size.BatchSize, range.Count)];
        Logs = new TrainingLogs(engine.Objective!.EvaluationMetrics.Keys);
    }

    /// <summary>Rows of the largest batch.</summary>
    public int BatchRows => _rows.Length;

    /// <summary>Loss and metrics of the last run; reused.</summary>
    public TrainingLogs Logs { get; }

    /// <summary>Runs the rows through the evaluation metrics.</summary>
    /// <exception cref="OperationCanceledException">Between two batches, when it was asked for.</exception>
    public void Run(CancellationToken cancellationToken = default)
    {
        MetricSet metrics = _engine.Objective!.EvaluationMetrics;
        metrics.Reset();
        _callbacks.TestBegin();
        for (int done = 0, batch = 0; done < _range.Count; batch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _callbacks.TestBatchBegin(batch);
            _model.ThrowIfDisposed();
            Span<int> rows = _rows.AsSpan(0, Math.Min(_rows.Length, _range.Count - done));
            RowOrder.Fill(rows, _range.First + done);
            metrics.Add(_engine.Evaluate(_range.Data, rows));
            metrics.CopyTo(Logs.Values);
            _callbacks.TestBatchEnd(batch, Logs);
            done += rows.Length;
        }
        _callbacks.TestEnd(Logs);
    }
}
