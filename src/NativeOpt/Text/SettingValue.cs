using System.Collections;
using System.Globalization;

namespace NativeOpt.Text;

/// <summary>Values of settings as text.</summary>
internal static class SettingValue
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
