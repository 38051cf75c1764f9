using System.Collections;

namespace NativeOpt;

/// <summary>
/// Loss and metrics by name: "loss", "accuracy", at the end of an epoch also "val_loss", "val_accuracy". The object that
/// callbacks get is reused: copy what you keep.
/// </summary>
public sealed class TrainingLogs : IEnumerable<KeyValuePair<string, double>>
{
    private readonly string[] _keys;
    private readonly double[] _values;

    internal TrainingLogs(IEnumerable<string> keys)
    {
        _keys = [.. keys];
        _values = new double[_keys.Length];
    }

    /// <summary>The names.</summary>
    public IReadOnlyList<string> Keys => _keys;

    /// <summary>For whoever writes them: in the order of <see cref="Keys"/>.</summary>
    internal Span<double> Values => _values;

    /// <summary>A number by name.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public double this[string key] => TryGetValue(key, out double value)
        ? value
        : throw new KeyNotFoundException($"there is no '{key}'; there are: {string.Join(", ", _keys)}");

    /// <summary>Gets a number by name; false, and NaN, where there is none.</summary>
    public bool TryGetValue(string key, out double value)
    {
        int index = Array.IndexOf(_keys, key);
        value = index < 0 ? double.NaN : _values[index];
        return index >= 0;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, double>> GetEnumerator()
    {
        for (int i = 0; i < _keys.Length; i++)
            yield return new KeyValuePair<string, double>(_keys[i], _values[i]);
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A value, or null where there is none of that name.</summary>
    internal double? Find(string key) => TryGetValue(key, out double value) ? value : null;

    /// <summary>A copy that is not reused.</summary>
    internal TrainingLogs Copy()
    {
        var copy = new TrainingLogs(_keys);
        _values.CopyTo(copy._values, 0);
        return copy;
    }
}
