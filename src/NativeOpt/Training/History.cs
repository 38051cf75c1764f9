using System.Globalization;

namespace NativeOpt;

/// <summary>What Fit reports: the numbers of every epoch. history["val_loss"] is the curve Keras has in history.history.</summary>
public sealed class History
{
    private readonly List<EpochResult> _epochs = [];
    private readonly List<string> _keys;

    internal History(IEnumerable<string> keys) => _keys = [.. keys];

    /// <summary>The finished epochs.</summary>
    public IReadOnlyList<EpochResult> Epochs => _epochs;

    /// <summary>
    /// Names of the curves, such as "loss", "accuracy", "val_loss", "val_accuracy", and of what callbacks have added, such as
    /// "learning_rate".
    /// </summary>
    public IReadOnlyList<string> Keys => _keys;

    /// <summary>A curve: one number for each epoch that has it. Without a validation in every epoch those of it are shorter.</summary>
    /// <param name="key">One of <see cref="Keys"/>.</param>
    /// <exception cref="KeyNotFoundException">There is no such curve.</exception>
    public IReadOnlyList<double> this[string key] => _keys.Contains(key)
        ? [.. _epochs.Where(epoch => epoch.Logs.TryGetValue(key, out _)).Select(epoch => epoch.Logs[key])]
        : throw new KeyNotFoundException($"there is no '{key}'; there are: {string.Join(", ", _keys)}");

    /// <summary>The number of epochs and the last of them: "5 epochs, epoch 5: loss 0.4213 (1.73 s)".</summary>
    public override string ToString()
    {
        string count = string.Create(CultureInfo.InvariantCulture, $"{_epochs.Count} {(_epochs.Count == 1 ? "epoch" : "epochs")}");
        return _epochs.Count == 0 ? count : $"{count}, {_epochs[^1]}";
    }

    internal void Add(EpochResult epoch) => _epochs.Add(epoch);

    /// <summary>Takes over what callbacks have added to the numbers of the last epoch.</summary>
    internal void Complete(TrainingLogs logs)
    {
        _epochs[^1].Logs.Take(logs);
        _keys.AddRange(logs.Keys.Except(_keys));
    }
}
