using System.Globalization;
using System.Text.RegularExpressions;
using NativeOpt.Text;

namespace NativeOpt.Files;

/// <summary>
/// A path with places for numbers: <c>{epoch:00}</c>, <c>{val_loss:0.000}</c>. Formats are those of .NET; Python's for whole numbers and
/// digits behind the point, <c>{epoch:02d}</c> and <c>{val_loss:.2f}</c>, are understood too.
/// </summary>
internal sealed partial class PathTemplate
{
    private readonly string _text;

    /// <exception cref="ArgumentException">A brace is alone, or a format is wrong.</exception>
    public PathTemplate(string text, string parameterName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text, parameterName);
        if (Place().Replace(text, "").AsSpan().ContainsAny('{', '}'))
            throw new ArgumentException(
                $"{parameterName} is '{text}'; places for numbers look like {{epoch:00}} or {{val_loss:0.00}}", parameterName);
        _text = text;
        try
        {
            Place().Replace(text, match => Format(1, match));
        }
        catch (FormatException exception)
        {
            throw new ArgumentException($"{parameterName} is '{text}', which has a format that is none", parameterName, exception);
        }
    }

    /// <summary>Whether there is a place of that name.</summary>
    public bool Has(string name) => Place().Matches(_text).Any(match => match.Groups["name"].Value == name);

    /// <summary>The path with all numbers in their places.</summary>
    /// <exception cref="InvalidOperationException">There is no such number; the message has the nearest name.</exception>
    public string Fill(IReadOnlyDictionary<string, double> numbers) => Place().Replace(_text, match =>
        numbers.TryGetValue(match.Groups["name"].Value, out double value)
            ? Format(value, match)
            : throw new InvalidOperationException($"the path '{_text}' has a place for a number that is not there: "
                + NearestName.Explain("number", match.Groups["name"].Value, [.. numbers.Keys])));

    private static string Format(double value, Match match)
    {
        string format = match.Groups["format"].Value;
        if (PythonDigits().Match(format) is { Success: true } fixedPoint)
            return value.ToString($"F{fixedPoint.Groups["digits"].Value}", CultureInfo.InvariantCulture);
        if (PythonInteger().Match(format) is { Success: true } whole)
            return ((long)value).ToString($"D{whole.Groups["digits"].Value}", CultureInfo.InvariantCulture);
        return value.ToString(format, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"\{(?<name>[A-Za-z_]\w*)(:(?<format>[^{}]+))?\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"^\.(?<digits>\d+)f$")]
    private static partial Regex PythonDigits();

    [GeneratedRegex(@"^0?(?<digits>\d*)d$")]
    private static partial Regex PythonInteger();
}
