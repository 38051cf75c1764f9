using System.Diagnostics;
using NativeOpt.Events;

namespace NativeOpt;

/// <summary>
/// Writes the numbers of a Fit into event files, which TensorBoard shows: <c>tensorboard --logdir logs</c>. Folders and names are those
/// of Keras: "train" and "validation" with the curves "epoch_loss", "epoch_accuracy" ..., "epoch_learning_rate", and on request
/// "batch_loss" ...; "evaluation_loss_vs_iterations" ... are the validations by training steps.
/// </summary>
/// <remarks>
/// A file begins with each Fit. Its numbers are single precision; what an epoch has is in the file when the epoch ends. Curves of batches
/// count the training steps of the model, over all its Fits. Only scalars are written.
/// </remarks>
/// <example><code>model.Fit(x, y, epochs: 10, callbacks: [new TensorBoard("logs/run1")]);</code></example>
public sealed class TensorBoard : Callback
{
    private EventFile? _train;
    private EventFile? _validation;
    private long _epochStart;
    private long _batchStart;
    private long _epochFirstStep;

    /// <summary>A writer into a folder.</summary>
    /// <param name="logDir">The folder; it is made where it is not there.</param>
    /// <param name="updateFrequency">Also writes after every so many steps, at least 1; null: at the end of epochs only.</param>
    /// <param name="writeStepsPerSecond">Whether the speed is written too; false by default.</param>
    /// <exception cref="ArgumentException">logDir is empty, or updateFrequency is below 1.</exception>
    public TensorBoard(string logDir = "logs", int? updateFrequency = null, bool writeStepsPerSecond = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(logDir);
        if (updateFrequency is { } frequency)
            Require.Positive(frequency, nameof(updateFrequency));
        (LogDir, UpdateFrequency, WriteStepsPerSecond) = (logDir, updateFrequency, writeStepsPerSecond);
    }

    /// <summary>The folder.</summary>
    public string LogDir { get; }

    /// <summary>Writes after every so many steps; null: at the end of epochs only.</summary>
    public int? UpdateFrequency { get; }

    /// <summary>Whether the speed is written too.</summary>
    public bool WriteStepsPerSecond { get; }

    private long Step => Model.TrainingPasses;

    /// <inheritdoc/>
    /// <exception cref="IOException">Files cannot be written there.</exception>
    /// <exception cref="UnauthorizedAccessException">Files may not be written there.</exception>
    public override void OnTrainBegin()
    {
        Release();
        _train = EventFile.Begin(Path.Combine(LogDir, "train"));
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch) => (_epochStart, _epochFirstStep) = (Stopwatch.GetTimestamp(), Step);

    /// <inheritdoc/>
    public override void OnBatchBegin(int batch) => _batchStart = Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public override void OnBatchEnd(int batch, TrainingLogs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        if (UpdateFrequency is not { } frequency || Step % frequency != 0)
            return;
        foreach ((string key, double value) in logs)
            _train!.Add($"batch_{key}", value, Step);
        if (WriteStepsPerSecond)
            _train!.Add("batch_steps_per_second", 1 / SecondsSince(_batchStart), Step);
    }

    /// <inheritdoc/>
    public override void OnTestEnd(TrainingLogs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        foreach ((string key, double value) in logs)
            Validation.Add($"evaluation_{key}_vs_iterations", value, Step);
        Validation.Flush();
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, TrainingLogs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        foreach ((string key, double value) in logs)
        {
            bool isValidation = key.StartsWith(TrainingLogs.ValidationPrefix, StringComparison.Ordinal);
            if (isValidation)
                Validation.Add($"epoch_{key[TrainingLogs.ValidationPrefix.Length..]}", value, epoch);
            else if (key != TrainingLogs.LearningRate)
                _train!.Add($"epoch_{key}", value, epoch);
        }
        _train!.Add($"epoch_{TrainingLogs.LearningRate}", logs.Find(TrainingLogs.LearningRate) ?? Model.Optimizer!.LearningRate, epoch);
        if (WriteStepsPerSecond)
            _train.Add("epoch_steps_per_second", (Step - _epochFirstStep) / SecondsSince(_epochStart), epoch);
        _train.Flush();
        _validation?.Flush();
    }

    /// <inheritdoc/>
    internal override void Release()
    {
        _train?.Dispose();
        _validation?.Dispose();
        (_train, _validation) = (null, null);
    }

    private EventFile Validation => _validation ??= EventFile.Begin(Path.Combine(LogDir, "validation"));

    private static double SecondsSince(long start) => Stopwatch.GetElapsedTime(start).TotalSeconds;
}
