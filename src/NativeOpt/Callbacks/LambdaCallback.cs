namespace NativeOpt;

/// <summary>A callback of functions, for what is not worth a class.</summary>
/// <example><code>model.Fit(x, y, epochs: 10, callbacks:
///     [new LambdaCallback(onEpochEnd: (epoch, logs) => Console.WriteLine($"{epoch}: {logs}"))]);</code></example>
/// <param name="onTrainBegin">Before the first epoch.</param>
/// <param name="onTrainEnd">After the last epoch, with its numbers.</param>
/// <param name="onEpochBegin">Before an epoch, from 0.</param>
/// <param name="onEpochEnd">After an epoch, from 0, and its validation.</param>
/// <param name="onBatchBegin">Before a training step, from 0 in each epoch.</param>
/// <param name="onBatchEnd">After a training step, with the numbers of the epoch so far.</param>
public sealed class LambdaCallback(
    Action? onTrainBegin = null, Action<TrainingLogs>? onTrainEnd = null, Action<int>? onEpochBegin = null,
    Action<int, TrainingLogs>? onEpochEnd = null, Action<int>? onBatchBegin = null, Action<int, TrainingLogs>? onBatchEnd = null)
    : Callback
{
    /// <inheritdoc/>
    public override void OnTrainBegin() => onTrainBegin?.Invoke();

    /// <inheritdoc/>
    public override void OnTrainEnd(TrainingLogs logs) => onTrainEnd?.Invoke(logs);

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch) => onEpochBegin?.Invoke(epoch);

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, TrainingLogs logs) => onEpochEnd?.Invoke(epoch, logs);

    /// <inheritdoc/>
    public override void OnBatchBegin(int batch) => onBatchBegin?.Invoke(batch);

    /// <inheritdoc/>
    public override void OnBatchEnd(int batch, TrainingLogs logs) => onBatchEnd?.Invoke(batch, logs);
}
