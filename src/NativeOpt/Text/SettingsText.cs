using System.Globalization;

namespace NativeOpt.Text;

/// <summary>Text such as "leaky_relu(negative_slope=0.1)": a name, and settings in parentheses that may be left out.</summary>
/// <param name="Name">What stands before the parentheses.</param>
/// <param name="Settings">Names and values in their order.</param>
internal sealed record SettingsText(string Name, IReadOnlyList<(string Name, string Value)> Settings)
{
    /// <summary>Takes a text apart.</summary>
    /// <exception cref="ArgumentException">It has another form.</exception>
    public static SettingsText Parse(string text, string parameterName)
    {
        string trimmed = text.Trim();
        int open = trimmed.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
            return new SettingsText(trimmed, []);
        if (trimmed.IndexOf(')', StringComparison.Ordinal) != trimmed.Length - 1)
            throw new ArgumentException($"'{trimmed}' must have the form name(setting=value, setting=value).", parameterName);
        var settings = new List<(string, string)>();
        string inside = trimmed[(open + 1)..^1];
        foreach (string assignment in string.IsNullOrWhiteSpace(inside) ? [] : inside.Split(','))
        {
            string[] sides = assignment.Split('=', StringSplitOptions.TrimEntries);
            if (sides.Length != 2 || sides[0].Length == 0 || sides[1].Length == 0)
                throw new ArgumentException(
                    $"'{assignment.Trim()}' in '{trimmed}' must have the form setting=value.", parameterName);
            settings.Add((sides[0], sides[1]));
        }
        return new SettingsText(trimmed[..open].TrimEnd(), settings);
    }

    /// <summary>The spelling in which names are compared: case, '_' and '-' do not matter.</summary>
    public static string Normalize(string name) =>
        name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>A number with a decimal point, or "inf".</summary>
    /// <exception cref="ArgumentException">The text is none.</exception>
    public static double ParseNumber(string name, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value
            : string.Equals(text, "inf", StringComparison.OrdinalIgnoreCase) ? double.PositiveInfinity
            : throw new ArgumentException($"{name} is '{text}'; it must be a number such as 0.9 or 1e-7.", name);
}
