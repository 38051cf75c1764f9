namespace NativeOpt;

/// <summary>What Evaluate reports.</summary>
/// <param name="Logs">Loss and metrics by name.</param>
public sealed record EvaluationResult(TrainingLogs Logs)
{
    /// <summary>Mean loss over the rows.</summary>
    public double Loss => Logs["loss"];

    /// <summary>Share of right answers; null where the model was compiled without "accuracy".</summary>
    public double? Accuracy => Logs.Find("accuracy");
}
