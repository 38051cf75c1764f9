using System.Collections.Concurrent;

namespace NativeOpt.Text;

/// <summary>
/// Objects that a text with settings means, such as "max_norm(3)" or "max_norm(max_value=3, axis=1)", and those that a program adds by
/// name. Case, '_' and '-' do not matter.
/// </summary>
/// <param name="what">What they are, for messages: "constraint".</param>
/// <param name="known">Canonical names, and what makes an object of its settings, read in the order of their places.</param>
/// <param name="aliases">Other spellings of canonical names.</param>
internal sealed class SettingsTable<T>(
    string what, Dictionary<string, Func<SettingsReader, T>> known, Dictionary<string, string>? aliases = null)
    where T : class
{
    private readonly ConcurrentDictionary<string, T> _added = new();
    private readonly Dictionary<string, Func<SettingsReader, T>> _byName = known.Concat(
            (aliases ?? []).Select(alias => KeyValuePair.Create(alias.Key, known[alias.Value])))
        .ToDictionary(entry => SettingsText.Normalize(entry.Key), entry => entry.Value);

    /// <summary>Names that a program has added, as they are compared.</summary>
    public IEnumerable<string> AddedNames => _added.Keys.Order(StringComparer.Ordinal);

    /// <summary>What a text means.</summary>
    /// <exception cref="ArgumentException">A name or setting is unknown, or a value cannot be used.</exception>
    public T Parse(string text, string parameterName)
    {
        ArgumentNullException.ThrowIfNull(text, parameterName);
        SettingsText parsed = SettingsText.Parse(text, parameterName, takesPlaces: true);
        string name = SettingsText.Normalize(parsed.Name);
        if (parsed.Settings.Count == 0 && _added.TryGetValue(name, out T? added))
            return added;
        if (!_byName.TryGetValue(name, out Func<SettingsReader, T>? create))
            throw new ArgumentException(NearestName.Explain(what, parsed.Name, [.. known.Keys, .. _added.Keys]), parameterName);
        var settings = new SettingsReader(parsed);
        T result = create(settings);
        settings.Finish();
        return result;
    }

    /// <summary>Adds a name without settings.</summary>
    /// <exception cref="ArgumentException">It is taken, or has other characters than letters, digits, '_' and '-'.</exception>
    public void Add(string name, T value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        if (name.Length == 0 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-'))
            throw new ArgumentException($"name is '{name}'; it must be made of letters, digits, '_' and '-'.", nameof(name));
        if (_byName.ContainsKey(SettingsText.Normalize(name)) || !_added.TryAdd(SettingsText.Normalize(name), value))
            throw new ArgumentException($"there is a {what} '{name}' already", nameof(name));
    }
}
