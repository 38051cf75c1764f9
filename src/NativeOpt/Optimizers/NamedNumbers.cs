using System.Collections;
using System.Diagnostics.CodeAnalysis;
using NativeOpt.Text;

namespace NativeOpt.Optimizers;

/// <summary>A dictionary whose names are fixed: values can be read and set, entries neither added nor removed.</summary>
internal sealed class NamedNumbers(IReadOnlyList<KeyValuePair<string, double>> start) : IDictionary<string, double>
{
    private readonly string[] _names = [.. start.Select(number => number.Key)];
    private readonly double[] _values = [.. start.Select(number => number.Value)];

    /// <summary>The values in the order of the names.</summary>
    public Span<double> Span => _values;

    public ICollection<string> Keys => Array.AsReadOnly(_names);

    public ICollection<double> Values => Array.AsReadOnly((double[])_values.Clone());

    public int Count => _names.Length;

    public bool IsReadOnly => false;

    /// <exception cref="KeyNotFoundException">Reading: there is no such name.</exception>
    /// <exception cref="ArgumentException">Writing: there is no such name.</exception>
    public double this[string key]
    {
        get => TryGetValue(key, out double value) ? value : throw new KeyNotFoundException(NearestName.Explain("number", key, _names));
        set
        {
            int index = Array.IndexOf(_names, key);
            if (index < 0)
                throw new ArgumentException(NearestName.Explain("number", key, _names), nameof(key));
            _values[index] = value;
        }
    }

    public bool ContainsKey(string key) => Array.IndexOf(_names, key) >= 0;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out double value)
    {
        int index = Array.IndexOf(_names, key);
        value = index < 0 ? 0 : _values[index];
        return index >= 0;
    }

    public bool Contains(KeyValuePair<string, double> item) => TryGetValue(item.Key, out double value) && value.Equals(item.Value);

    public void CopyTo(KeyValuePair<string, double>[] array, int arrayIndex)
    {
        foreach (KeyValuePair<string, double> number in this)
            array[arrayIndex++] = number;
    }

    public IEnumerator<KeyValuePair<string, double>> GetEnumerator()
    {
        for (int i = 0; i < _names.Length; i++)
            yield return new KeyValuePair<string, double>(_names[i], _values[i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Add(string key, double value) => throw Fixed();

    public void Add(KeyValuePair<string, double> item) => throw Fixed();

    public bool Remove(string key) => throw Fixed();

    public bool Remove(KeyValuePair<string, double> item) => throw Fixed();

    public void Clear() => throw Fixed();

    private static NotSupportedException Fixed() => new("The rule decides which numbers there are; only their values can be set.");
}
