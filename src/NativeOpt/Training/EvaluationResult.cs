namespace NativeOpt;

/// <summary>What Evaluate reports.</summary>
/// <param name="Logs">Loss and metrics by name.</param>
public sealed record EvaluationResult(TrainingLogs Logs)
{
    /// <summary>Mean loss over the rows.</summary>
    public double Loss => Logs["loss"];

    /// <summary>
    /// Share of right answers; null where the model was compiled without an accuracy. Of several "accuracy" or "acc" is taken
    /// before "binary_accuracy", "categorical_accuracy" and "sparse_categorical_accuracy".
    /// </summary>
    public double? Accuracy => Logs.Accuracy;

    /// <summary>"loss 0.4213, accuracy 0.8731".</summary>
    public override string ToString() => Logs.ToString();
}
