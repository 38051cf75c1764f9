using NativeOpt.Training;

namespace NativeOpt;

// Measuring.
public abstract partial class Model
{
    /// <summary>Measures loss and metrics.</summary>
    /// <param name="x">Inputs.</param>
    /// <param name="y">As many targets.</param>
    /// <param name="batchSize">Rows that are computed together, at least 1.</param>
    /// <param name="sampleWeight">
    /// What the loss of each row is multiplied by; null: 1. Metrics count it where they are <see cref="Metric.Weighted"/>.
    /// </param>
    /// <param name="steps">Batches to measure, at least 1; null: all rows.</param>
    /// <param name="callbacks">Told before and after each batch.</param>
    /// <exception cref="ArgumentException">Sizes or labels are wrong, batchSize or steps is below 1, or a callback is null.</exception>
    /// <exception cref="InvalidOperationException">The model is not compiled.</exception>
    public EvaluationResult Evaluate(
        Features x, Targets y, int batchSize = DefaultBatchSize, float[]? sampleWeight = null, int? steps = null,
        IEnumerable<Callback>? callbacks = null) =>
        Evaluate(DataRanges.All(new InMemoryDataset(x, y, sampleWeight), ArgumentNames.Arrays), batchSize, steps, callbacks);

    /// <inheritdoc cref="Evaluate(Features, Targets, int, float[], int?, IEnumerable{Callback})"/>
    /// <param name="data">Inputs and targets.</param>
    /// <param name="batchSize">Rows that are computed together, at least 1.</param>
    /// <param name="steps">Batches to measure, at least 1; null: all rows.</param>
    /// <param name="callbacks">Told before and after each batch.</param>
    public EvaluationResult Evaluate(
        Dataset data, int batchSize = DefaultBatchSize, int? steps = null, IEnumerable<Callback>? callbacks = null) =>
        Evaluate(DataRanges.All(data, ArgumentNames.Dataset), batchSize, steps, callbacks);

    /// <summary>Loss and metrics of one batch, however many rows it has.</summary>
    /// <param name="x">Inputs.</param>
    /// <param name="y">As many targets.</param>
    /// <param name="sampleWeight">What the loss of each row is multiplied by; null: 1.</param>
    /// <exception cref="ArgumentException">Sizes or labels are wrong.</exception>
    /// <exception cref="InvalidOperationException">The model is not compiled.</exception>
    public EvaluationResult TestOnBatch(Features x, Targets y, float[]? sampleWeight = null) =>
        Evaluate(x, y, batchSize: int.MaxValue, sampleWeight);

    private EvaluationResult Evaluate(RowRange all, int batchSize, int? steps, IEnumerable<Callback>? callbacks)
    {
        using OperationGate.Scope scope = _gate.Enter();
        var size = new RunSize(batchSize, steps);
        CallbackList told = CallbackList.Require(callbacks);
        Engine engine = RequireCompiled(all);
        told.Attach(this);
        var run = new EvaluationRun(this, engine, all, size, told);
        run.Run();
        return new EvaluationResult(run.Logs);
    }
}
