namespace NativeOpt.Cli.Comparison;

/// <summary>Notes the learning rate after each epoch.</summary>
internal sealed class RateLog : Callback
{
    private readonly List<double> _rates = [];

    /// <summary>One an epoch.</summary>
    public IReadOnlyList<double> Rates => _rates;

    /// <summary>The newest; NaN before the end of the first epoch.</summary>
    public double Last => _rates.Count == 0 ? double.NaN : _rates[^1];

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, TrainingLogs logs) => _rates.Add(Model.Optimizer!.LearningRate);
}
