using System.Collections;
using System.Globalization;
using NativeOpt.Metrics;

namespace NativeOpt;

/// <summary>
/// Loss and metrics by name: "loss", "accuracy", at the end of an epoch also "val_loss", "val_accuracy". As in Keras a metric is
/// called what Compile was told: compiled with "acc", the names are "acc" and "val_acc". The object that callbacks get is reused:
/// copy what you keep.
/// </summary>
public sealed class TrainingLogs : IEnumerable<KeyValuePair<string, double>>
{
    /// <summary>What comes before a name where the number is of the validation data.</summary>
    internal const string ValidationPrefix = "val_";

    private readonly string[] _keys;
    private readonly double[] _values;
    private readonly int _accuracy;
    private readonly int _validationAccuracy;

    internal TrainingLogs(IEnumerable<string> keys)
    {
        _keys = [.. keys];
        _values = new double[_keys.Length];
        _accuracy = MetricNames.FindAccuracy(_keys, prefix: "");
        _validationAccuracy = MetricNames.FindAccuracy(_keys, ValidationPrefix);
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

    /// <summary>"loss 0.4213, accuracy 0.8731".</summary>
    public override string ToString() => string.Join(", ", this.Select(entry =>
        string.Create(CultureInfo.InvariantCulture, $"{entry.Key} {entry.Value:G4}")));

    /// <summary>The share of right answers under whatever name, or null.</summary>
    internal double? Accuracy => _accuracy < 0 ? null : _values[_accuracy];

    /// <summary>The same of the validation data.</summary>
    internal double? ValidationAccuracy => _validationAccuracy < 0 ? null : _values[_validationAccuracy];

    /// <summary>A copy that is not reused.</summary>
    internal TrainingLogs Copy()
    {
        var copy = new TrainingLogs(_keys);
        _values.CopyTo(copy._values, 0);
        return copy;
    }
}
