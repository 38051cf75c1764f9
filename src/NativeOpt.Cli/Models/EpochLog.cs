namespace NativeOpt.Cli.Models;

/// <summary>Keeps the numbers of all epochs, also of those before an interruption: they are a part of the checkpoint.</summary>
/// <param name="told">Hears of every epoch.</param>
internal sealed class EpochLog(Action<EpochRow> told) : Callback
{
    /// <summary>The rate after the last step of an epoch.</summary>
    public const string LearningRate = "learning_rate";

    private const string Block = "epochs";

    private List<EpochRow> _rows = [];

    /// <summary>The epochs so far.</summary>
    public IReadOnlyList<EpochRow> Rows => _rows;

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, TrainingLogs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach ((string name, double value) in logs)
            values[name] = value;
        values[LearningRate] = Model.Optimizer!.LearningRate;
        var row = new EpochRow { Epoch = epoch + 1, Values = values, Seconds = Model.History!.Epochs[^1].Seconds };
        _rows.Add(row);
        told(row);
    }

    /// <inheritdoc/>
    public override void SaveState(CallbackState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.SetBlock(Block, TrainingJson.WriteRows([.. _rows]));
    }

    /// <inheritdoc/>
    public override void LoadState(CallbackState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _rows = state.FindBlock(Block) is { } bytes ? [.. TrainingJson.ReadRows(bytes)] : [];
    }
}
