using System.Collections;
using System.Globalization;

namespace NativeOpt.Text;

/// <summary>
/// Settings as text: <c>name(setting=value, setting=value)</c>, where a value is a number, true, false, a word, a list in brackets,
/// or again a name with settings.
/// </summary>
internal static class SettingText
{
    /// <summary>A value, as it is read again.</summary>
    public static string Write(object? value) => value switch
    {
        null => "none",
        bool flag => flag ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        Enum choice => choice.ToString().ToLowerInvariant(),
        string word => word,
        Schedule schedule => schedule.ToString(),
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Write))}]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

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
