using System.Globalization;
using NativeOpt.Text;

namespace NativeOpt.Schedules;

/// <summary>Reads schedules from their text.</summary>
internal static class ScheduleTextReader
{
    /// <summary>Deeper nesting is no schedule that anybody wants.</summary>
    private const int MaxDepth = 32;

    /// <summary>A schedule from "cosine_decay(initial_learning_rate=1e-3, decay_steps=1000)".</summary>
    /// <exception cref="ArgumentException">A name or setting is unknown, missing, given twice, or has a value that cannot be used.</exception>
    public static Schedule ReadSchedule(string text, int depth = 0)
    {
        if (depth > MaxDepth)
            throw new ArgumentException($"Schedules are nested more than {MaxDepth} deep.", nameof(text));
        (string name, string? assignments) = SettingsText.TakeApart(text);
        ScheduleForm form = ScheduleForms.Find(name);
        var settings = new ScheduleSettings();
        foreach ((string setting, string value) in SettingsText.Assignments(assignments ?? "", text))
        {
            string key = form.ExpandAlias(setting);
            if (settings.Contains(key))
                throw new ArgumentException($"'{text.Trim()}' sets {key} twice.", nameof(text));
            settings[key] = ReadValue(value, depth);
        }
        return form.Read(settings);
    }

    private static object? ReadValue(string text, int depth)
    {
        string value = text.Trim();
        if (value.StartsWith('[') && value.EndsWith(']'))
            return value[1..^1].Trim().Length == 0 ? [] : SettingsText.Split(value[1..^1]).Select(item => ReadValue(item, depth)).ToArray();
        if (value.Contains('(', StringComparison.Ordinal))
            return ReadSchedule(value, depth + 1);
        if (long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
            return whole;
        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            return number;
        return value.ToUpperInvariant() switch { "TRUE" => true, "FALSE" => false, "NONE" or "NULL" => null, _ => value };
    }
}
