using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using NativeOpt.Text;

namespace NativeOpt.Cli.Commands;

/// <summary>Options whose complaints name the option, the value and the limit.</summary>
internal static class OptionValue
{
    /// <summary>A whole number.</summary>
    public static Option<int?> Whole(string name, string description, int minimum, int maximum) =>
        Create<int?>(name, description, "number", text =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            && value >= minimum && value <= maximum
                ? value
                : throw new InputException($"{name} is '{text}'; it must be a whole number from {minimum} to {maximum}"));

    /// <summary>A step size.</summary>
    public static Option<double?> Rate(string name, string description) =>
        Create<double?>(name, description, "rate", text =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value) && value >= 0
                ? value
                : throw new InputException($"{name} is '{text}'; it must be a finite number that is not negative, such as 0.01 or 1e-3"));

    /// <summary>Whole numbers separated by commas.</summary>
    public static Option<int[]?> Sizes(string name, string description, int maximumCount, int maximum) =>
        Create<int[]?>(name, description, "sizes", text =>
        {
            if (string.IsNullOrWhiteSpace(text))
                throw new InputException($"{name} is blank; it must be one width or more, such as 128 or 256,128");
            string[] parts = text.Split(',');
            if (parts.Length > maximumCount)
                throw new InputException($"{name} is '{text}': {parts.Length} sizes; there may be {maximumCount} at most");
            return [.. parts.Select(part =>
                int.TryParse(part, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite | NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture, out int size) && size >= 1 && size <= maximum
                    ? size
                    : throw new InputException($"{name} is '{text}'; '{part.Trim()}' must be a whole number from 1 to {maximum}"))];
        });

    /// <summary>One of a few names; case does not matter.</summary>
    public static Option<string?> Choice(string name, string description, params string[] known)
    {
        Option<string?> option = Create(name, description, string.Join('|', known), text =>
            known.FirstOrDefault(k => string.Equals(k, text, StringComparison.OrdinalIgnoreCase))
            ?? throw new InputException($"{name}: {NearestName.Explain(name.TrimStart('-'), text, known)}"));
        option.CompletionSources.Add(known);
        return option;
    }

    /// <summary>A path, or any other text that is not blank.</summary>
    public static Option<string?> Words(string name, string description, string helpName) =>
        Create(name, description, helpName, text =>
            !string.IsNullOrWhiteSpace(text) ? text : throw new InputException($"{name} is blank; it must be a {helpName}"));

    /// <summary>A share of a whole.</summary>
    public static Option<double?> Share(string name, string description) =>
        Create<double?>(name, description, "share", text =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value is >= 0 and < 1
                ? value
                : throw new InputException($"{name} is '{text}'; it must be at least 0 and less than 1"));

    /// <summary>Numbers separated by commas.</summary>
    public static Option<double[]?> Rates(string name, string description) =>
        Create<double[]?>(name, description, "rates", text => [.. text.Split(',').Select(part =>
            double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value) && value >= 0
                ? value
                : throw new InputException(
                    $"{name} is '{text}'; '{part.Trim()}' must be a finite number that is not negative, such as 0.01 or 1e-3"))]);

    /// <summary>Names separated by commas or semicolons that are not inside of parentheses.</summary>
    public static Option<string[]?> Names(string name, string description, string helpName, Action<string>? check = null) =>
        Create<string[]?>(name, description, helpName, text =>
        {
            string[] names = [.. Split(name, text).Select(part => part.Trim())];
            if (names.Any(part => part.Length == 0))
                throw new InputException($"{name} is '{text}'; a name is missing");
            foreach (string part in check is null ? [] : names)
                Refused(() => check!(part), $"{name} is '{text}'");
            return names;
        });

    /// <summary>A text that something else reads, and says what is wrong with it.</summary>
    /// <param name="name">The option.</param>
    /// <param name="description">For the help.</param>
    /// <param name="helpName">What stands for the value there.</param>
    /// <param name="check">Throws <see cref="ArgumentException"/> or <see cref="InputException"/> on what it cannot use.</param>
    public static Option<string?> Checked(string name, string description, string helpName, Action<string> check) =>
        Create(name, description, helpName, text =>
        {
            if (string.IsNullOrWhiteSpace(text))
                throw new InputException($"{name} is blank; it must be a {helpName}");
            Refused(() => check(text), $"{name} is '{text}'");
            return text;
        });

    private static string[] Split(string name, string text)
    {
        try
        {
            return [.. text.Split(';').SelectMany(SettingsText.Split)];
        }
        catch (ArgumentException e)
        {
            throw new InputException($"{name} is {e.Message}", e);
        }
    }

    private static void Refused(Action check, string what)
    {
        try
        {
            check();
        }
        catch (ArgumentException e)
        {
            throw new InputException($"{what}: {ArgumentFailure.Sentence(e)}", e);
        }
    }

    /// <summary>An option whose value <paramref name="read"/> makes of its text, or refuses with an <see cref="InputException"/>.</summary>
    public static Option<T?> Create<T>(string name, string description, string helpName, Func<string, T> read) => new(name)
    {
        Description = description,
        HelpName = helpName,
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = result => Parse(result, read),
    };

    private static T? Parse<T>(ArgumentResult result, Func<string, T> read)
    {
        try
        {
            return read(result.Tokens[0].Value);
        }
        catch (InputException e)
        {
            result.AddError(e.Message);
            return default;
        }
    }
}
