using System.Globalization;

namespace NativeOpt.Text;

/// <summary>Text such as "leaky_relu(negative_slope=0.1)": a name, and settings in parentheses that may be left out.</summary>
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
                (string name, string? settings) = SettingText.TakeApart(text);
                return new SettingsText(name, [.. SettingText.Assignments(settings ?? "", text, takesPlaces)]);
            },
            parameterName);

    /// <summary>The spelling in which names are compared: case, '_' and '-' do not matter.</summary>
    public static string Normalize(string name) =>
        name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>A number with a decimal point, or "inf".</summary>
    /// <exception cref="ArgumentException">The text is none.</exception>
    public static double ParseNumber(string name, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value
            : string.Equals(text, "inf", StringComparison.OrdinalIgnoreCase) ? double.PositiveInfinity
            : throw new ArgumentException($"{name} is '{text}'; it must be a number such as 0.9 or 1e-7.", name);

    /// <summary>A whole number.</summary>
    /// <exception cref="ArgumentException">The text is none.</exception>
    public static int ParseInteger(string name, string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw new ArgumentException($"{name} is '{text}'; it must be a whole number such as 5.", name);
}
