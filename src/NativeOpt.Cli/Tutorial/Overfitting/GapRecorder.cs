namespace NativeOpt.Cli.Tutorial.Overfitting;

/// <summary>
/// Measures loss and accuracy on the training and the validation rows after each epoch in the same way: all rows, nothing dropped, and
/// without the penalties that are a part of what a Fit reports as loss.
/// </summary>
/// <param name="train">The training rows.</param>
/// <param name="validation">The validation rows.</param>
internal sealed class GapRecorder(Dataset train, Dataset validation) : Callback
{
    /// <summary>The metric that is the loss without penalties.</summary>
    public const string PlainLoss = "sparse_categorical_crossentropy";

    private const int BatchSize = 512;

    private readonly List<EpochGap> _epochs = [];

    /// <summary>What was measured, an entry an epoch.</summary>
    public IReadOnlyList<EpochGap> Epochs => _epochs;

    /// <summary>Loss and accuracy of a model on rows.</summary>
    public static (double Loss, double Accuracy) Measure(Model model, Dataset rows)
    {
        EvaluationResult result = model.Evaluate(rows, BatchSize);
        return (result.Logs[PlainLoss], result.Accuracy!.Value);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, TrainingLogs logs)
    {
        (double loss, double accuracy) = Measure(Model, train);
        (double validationLoss, double validationAccuracy) = Measure(Model, validation);
        _epochs.Add(new EpochGap(loss, accuracy, validationLoss, validationAccuracy));
    }
}
