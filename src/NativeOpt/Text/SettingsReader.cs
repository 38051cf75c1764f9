namespace NativeOpt.Text;

/// <summary>
/// Reads the settings of a text one by one. Whoever has read all that there can be calls <see cref="Finish"/>, which refuses the
/// others.
/// </summary>
internal sealed class SettingsReader(SettingsText text)
{
    private readonly List<string> _known = [];
    private readonly HashSet<int> _read = [];

    /// <summary>A number, or <paramref name="fallback"/> where it is not given.</summary>
    /// <exception cref="ArgumentException">It is no number, or is given twice.</exception>
    public double Number(string name, double fallback, params ReadOnlySpan<string> aliases) =>
        Word(name, aliases) is { } value ? SettingValue.ParseNumber(name, value) : fallback;

    /// <summary>A value as it is written, or null where it is not given.</summary>
    /// <exception cref="ArgumentException">It is given twice.</exception>
    public string? Word(string name, params ReadOnlySpan<string> aliases)
    {
        _known.Add(name);
        string? value = Find(name, name, TakePlace(_known.Count - 1));
        foreach (string alias in aliases)
            value = Find(alias, name, value);
        return value;
    }

    /// <summary>Refuses settings that nobody has read.</summary>
    /// <exception cref="ArgumentException">There is one; the message has the nearest that there is.</exception>
    public void Finish()
    {
        for (int i = 0; i < text.Settings.Count; i++)
            if (!_read.Contains(i))
                throw new ArgumentException(text.Settings[i].Name.Length == 0
                    ? $"'{text.Settings[i].Value}' is one value too many; {text.Name} takes {_known.Count}"
                    : _known.Count == 0
                    ? $"unknown setting '{text.Settings[i].Name}'; {text.Name} has none"
                    : NearestName.Explain($"setting of {text.Name}", text.Settings[i].Name, _known), text.Settings[i].Name);
    }

    /// <summary>The value without a name that stands at the place of a setting.</summary>
    private string? TakePlace(int place)
    {
        if (place >= text.Settings.Count || text.Settings[place].Name.Length > 0)
            return null;
        _read.Add(place);
        return text.Settings[place].Value;
    }

    private string? Find(string spelling, string name, string? found)
    {
        for (int i = 0; i < text.Settings.Count; i++)
        {
            if (SettingsText.Normalize(text.Settings[i].Name) != SettingsText.Normalize(spelling) || !_read.Add(i))
                continue;
            if (found is not null)
                throw new ArgumentException($"{text.Name} sets {name} twice.", name);
            found = text.Settings[i].Value;
        }
        return found;
    }
}
