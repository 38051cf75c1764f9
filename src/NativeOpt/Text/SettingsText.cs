namespace NativeOpt.Text;

/// <summary>
/// Text such as "leaky_relu(negative_slope=0.1)": a name, and settings in parentheses that may be left out. A value is a number, true,
/// false, a word, a list in brackets, or again a name with settings.
/// </summary>
/// <param name="Name">What stands before the parentheses.</param>
/// <param name="Settings">Names and values in their order; a name is empty where the place decides.</param>
internal sealed record SettingsText(string Name, IReadOnlyList<(string Name, string Value)> Settings)
{
    /// <summary>Takes a text apart.</summary>
    /// <param name="text">The text.</param>
    /// <param name="parameterName">The caller's name of it.</param>
    /// <param name="takesPlaces">Whether values may stand without names, in front: "l1_l2(0.1, l2=0.2)".</param>
    /// <exception cref="ArgumentException">It has another form.</exception>
    public static SettingsText Parse(string text, string parameterName, bool takesPlaces = false) =>
        ArgumentFailure.Rename(
            () =>
            {
                (string name, string? settings) = TakeApart(text);
                return new SettingsText(name, [.. Assignments(settings ?? "", text, takesPlaces)]);
            },
            parameterName);

    /// <summary>The spelling in which names are compared: case, '_' and '-' do not matter.</summary>
    public static string Normalize(string name) =>
        name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>Splits at the commas that are not inside of parentheses or brackets. Positions count from 1.</summary>
    /// <exception cref="ArgumentException">Parentheses or brackets do not match.</exception>
    public static IEnumerable<string> Split(string list)
    {
        var open = new Stack<char>();
        int start = 0;
        for (int i = 0; i < list.Length; i++)
        {
            char c = list[i];
            if (c is '(' or '[')
                open.Push(c == '(' ? ')' : ']');
            else if (c is ')' or ']' && (open.Count == 0 || open.Pop() != c))
                throw new ArgumentException($"'{list}': '{c}' at character {i + 1} closes nothing.");
            else if (c == ',' && open.Count == 0)
            {
                yield return list[start..i];
                start = i + 1;
            }
        }
        if (open.Count > 0)
            throw new ArgumentException($"'{list}': a '{open.Peek()}' is missing at the end.");
        yield return list[start..];
    }

    /// <summary>Takes "name(settings)" apart; the settings are null where there are no parentheses.</summary>
    /// <exception cref="ArgumentException">The text has another form.</exception>
    public static (string Name, string? Settings) TakeApart(string text)
    {
        string trimmed = text.Trim();
        int open = trimmed.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
            return (trimmed, null);
        if (!trimmed.EndsWith(')') || Split(trimmed).Count() != 1)
            throw new ArgumentException($"'{trimmed}' must have the form name(setting=value, setting=value).");
        string settings = trimmed[(open + 1)..^1];
        // "a(b)(c)" closes what it has opened before its end.
        _ = Split(settings).Count();
        return (trimmed[..open].TrimEnd(), settings);
    }

    /// <summary>The assignments of settings in parentheses, in their order.</summary>
    /// <param name="settings">What stands between the parentheses.</param>
    /// <param name="whole">The whole text, for messages.</param>
    /// <param name="takesPlaces">Whether values may stand without names, in front: their names are empty.</param>
    /// <exception cref="ArgumentException">One has not the form setting=value.</exception>
    public static IEnumerable<(string Name, string Value)> Assignments(string settings, string whole, bool takesPlaces = false)
    {
        bool isNamed = false;
        foreach (string assignment in string.IsNullOrWhiteSpace(settings) ? [] : Split(settings))
        {
            string[] sides = assignment.Split('=', 2, StringSplitOptions.TrimEntries);
            if (takesPlaces && !isNamed && sides is [{ Length: > 0 } value])
            {
                yield return ("", value);
                continue;
            }
            isNamed = true;
            if (sides.Length != 2 || sides[0].Length == 0 || sides[1].Length == 0)
                throw new ArgumentException($"'{assignment.Trim()}' in '{whole.Trim()}' must have the form setting=value.");
            yield return (sides[0], sides[1]);
        }
    }
}
