using System.Collections.Concurrent;

namespace NativeOpt.Text;

/// <summary>Things by name, to which a program may add its own. Case, '_' and '-' do not matter.</summary>
/// <param name="what">What they are, for messages: "initializer".</param>
/// <param name="known">Canonical names in the order of messages.</param>
/// <param name="aliases">Other spellings of canonical names.</param>
internal sealed class NameTable<T>(string what, Dictionary<string, T> known, Dictionary<string, string> aliases)
{
    private readonly string[] _names = [.. known.Keys];
    private readonly ConcurrentDictionary<string, string> _added = new();
    private readonly ConcurrentDictionary<string, T> _byName = new(
        known.Concat(aliases.Select(alias => KeyValuePair.Create(alias.Key, known[alias.Value])))
            .Select(entry => KeyValuePair.Create(SettingsText.Normalize(entry.Key), entry.Value)));

    /// <summary>Canonical names, those that were added last.</summary>
    public IReadOnlyCollection<string> Names => [.. _names, .. _added.Values.Order(StringComparer.Ordinal)];

    /// <summary>What has this name.</summary>
    /// <exception cref="ArgumentException">Nothing; the message has the nearest name.</exception>
    public T Find(string name, string parameterName) => _byName.TryGetValue(SettingsText.Normalize(name), out T? found)
        ? found
        : throw new ArgumentException(NearestName.Explain(what, name, Names), parameterName);

    /// <summary>Adds a name.</summary>
    /// <exception cref="ArgumentException">It is taken, or has other characters than letters, digits, '_' and '-'.</exception>
    public void Add(string name, T value)
    {
        if (name.Length == 0 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-'))
            throw new ArgumentException($"name is '{name}'; it must be made of letters, digits, '_' and '-'.", nameof(name));
        if (!_byName.TryAdd(SettingsText.Normalize(name), value))
            throw new ArgumentException($"there is an {what} '{name}' already", nameof(name));
        _added[SettingsText.Normalize(name)] = name;
    }
}
