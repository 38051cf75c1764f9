using System.Collections;
using System.Globalization;
using NativeOpt.Metrics;

namespace NativeOpt;

/// <summary>
/// Loss and metrics by name: "loss", "accuracy", at the end of an epoch also "val_loss", "val_accuracy". As in Keras a metric is
/// called what Compile was told: compiled with "acc", the names are "acc" and "val_acc". A callback may add numbers at the end of an
/// epoch: the callbacks behind it and the <see cref="History"/> have them too. The object that callbacks get is reused: copy what you keep.
/// </summary>
public sealed class TrainingLogs : IEnumerable<KeyValuePair<string, double>>
{
    /// <summary>What comes before a name where the number is of the validation data.</summary>
    internal const string ValidationPrefix = "val_";

    /// <summary>The name under which the callbacks that change the learning rate log it.</summary>
    internal const string LearningRate = "learning_rate";

    private string[] _keys = [];
    private double[] _values = [];
    private int _accuracy;
    private int _validationAccuracy;

    internal TrainingLogs(IEnumerable<string> keys) => SetKeys([.. keys]);

    /// <summary>The names.</summary>
    public IReadOnlyList<string> Keys => _keys;

    /// <summary>For whoever writes them: in the order of <see cref="Keys"/>.</summary>
    internal Span<double> Values => _values;

    /// <summary>A number by name. Setting it adds the name where it is not there.</summary>
    /// <exception cref="KeyNotFoundException">Reading: there is none of that name.</exception>
    /// <exception cref="ArgumentException">Setting: the name is empty.</exception>
    public double this[string key]
    {
        get => TryGetValue(key, out double value)
            ? value
            : throw new KeyNotFoundException($"there is no '{key}'; there are: {string.Join(", ", _keys)}");
        set
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(key);
            int index = Array.IndexOf(_keys, key);
            if (index < 0)
            {
                index = _keys.Length;
                Array.Resize(ref _values, index + 1);
                SetKeys([.. _keys, key]);
            }
            _values[index] = value;
        }
    }

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
        var copy = new TrainingLogs([]);
        copy.Take(this);
        return copy;
    }

    /// <summary>Takes over names and values of other logs.</summary>
    internal void Take(TrainingLogs other)
    {
        SetKeys(other._keys);
        other._values.CopyTo(_values, 0);
    }

    /// <summary>Has these names from now on; where they are other ones, the values are still to be written.</summary>
    /// <param name="keys">Kept and never changed.</param>
    internal void SetKeys(string[] keys)
    {
        if (ReferenceEquals(keys, _keys))
            return;
        _keys = keys;
        if (_values.Length != keys.Length)
            _values = new double[keys.Length];
        _accuracy = MetricNames.FindAccuracy(_keys, prefix: "");
        _validationAccuracy = MetricNames.FindAccuracy(_keys, ValidationPrefix);
    }
}
