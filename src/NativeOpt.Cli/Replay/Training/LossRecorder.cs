namespace NativeOpt.Cli.Replay.Training;

/// <summary>Notes the loss of every batch, and after every epoch loss and accuracy over all data.</summary>
internal sealed class LossRecorder(Model model, TrainingRecipe recipe, InMemoryDataset data, int batchSize) : Callback
{
    private double _sumBefore;
    private int _rowsBefore;

    public List<double> BatchLosses { get; } = [];

    public List<double> EvaluationLosses { get; } = [];

    public List<double> EvaluationAccuracies { get; } = [];

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch) => (_sumBefore, _rowsBefore) = (0, 0);

    /// <inheritdoc/>
    public override void OnBatchEnd(int batch, TrainingLogs logs)
    {
        // The logs have the mean over the rows so far; the last batch may be shorter.
        int rows = Math.Min((batch + 1) * batchSize, data.Count);
        double sum = logs["loss"] * rows;
        BatchLosses.Add((sum - _sumBefore) / (rows - _rowsBefore));
        (_sumBefore, _rowsBefore) = (sum, rows);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, TrainingLogs logs)
    {
        EvaluationResult result = model.Evaluate(data);
        // Here the penalty is a part of the loss; in the files it is not.
        double penalty = recipe.L2 * Enumerable.Range(0, recipe.LayerCount)
            .Sum(layer => TrainingRecipe.KernelOf(model, layer).Sum(w => w * w));
        EvaluationLosses.Add(result.Loss - penalty);
        EvaluationAccuracies.Add(result.Accuracy!.Value);
    }
}
