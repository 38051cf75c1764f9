namespace NativeOpt.Tests.Training;

/// <summary>Runs actions at the points of a Fit.</summary>
internal sealed class ActionCallback : Callback
{
    public Action<Model>? TrainBegin { get; init; }

    public Action<Model, TrainingLogs>? TrainEnd { get; init; }

    public Action<Model, int>? EpochBegin { get; init; }

    public Action<Model, int, TrainingLogs>? EpochEnd { get; init; }

    public Action<Model, int>? BatchBegin { get; init; }

    public Action<Model, int, TrainingLogs>? BatchEnd { get; init; }

    public override void OnTrainBegin() => TrainBegin?.Invoke(Model);

    public override void OnTrainEnd(TrainingLogs logs) => TrainEnd?.Invoke(Model, logs);

    public override void OnEpochBegin(int epoch) => EpochBegin?.Invoke(Model, epoch);

    public override void OnEpochEnd(int epoch, TrainingLogs logs) => EpochEnd?.Invoke(Model, epoch, logs);

    public override void OnBatchBegin(int batch) => BatchBegin?.Invoke(Model, batch);

    public override void OnBatchEnd(int batch, TrainingLogs logs) => BatchEnd?.Invoke(Model, batch, logs);
}
