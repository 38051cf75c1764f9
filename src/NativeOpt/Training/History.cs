namespace NativeOpt;

/// <summary>What Fit reports: the numbers of every epoch. history["val_loss"] is the curve Keras has in history.history.</summary>
public sealed class History
{
    private readonly List<EpochResult> _epochs = [];
    private readonly string[] _keys;

    internal History(IEnumerable<string> keys) => _keys = [.. keys];

    /// <summary>The finished epochs.</summary>
    public IReadOnlyList<EpochResult> Epochs => _epochs;

    /// <summary>Names of the curves, such as "loss", "accuracy", "val_loss", "val_accuracy".</summary>
    public IReadOnlyList<string> Keys => _keys;

    /// <summary>A curve: one number an epoch.</summary>
    /// <param name="key">One of <see cref="Keys"/>.</param>
    /// <exception cref="KeyNotFoundException">There is no such curve.</exception>
    public IReadOnlyList<double> this[string key] => Array.IndexOf(_keys, key) >= 0
        ? [.. _epochs.Select(epoch => epoch.Logs[key])]
        : throw new KeyNotFoundException($"there is no '{key}'; there are: {string.Join(", ", _keys)}");

    internal void Add(EpochResult epoch) => _epochs.Add(epoch);
}
