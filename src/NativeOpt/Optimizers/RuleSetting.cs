using System.Globalization;

namespace NativeOpt;

/// <summary>One setting of a rule by name: how it is read, and how a text becomes a rule with it.</summary>
internal sealed class RuleSetting
{
    private readonly string[] _names;
    private readonly Func<OptimizerRule, object?> _read;
    private readonly Func<OptimizerRule, string, OptimizerRule> _write;

    private RuleSetting(string name, string[] aliases, Func<OptimizerRule, object?> read,
        Func<OptimizerRule, string, OptimizerRule> write)
    {
        Name = name;
        _names = [.. aliases.Prepend(name).Select(Normalize)];
        _read = read;
        _write = write;
    }

    /// <summary>As Keras writes it, such as "beta_1".</summary>
    public string Name { get; }

    /// <summary>A setting that is a number.</summary>
    public static RuleSetting Number<TRule>(string name, Func<TRule, double> read, Func<TRule, double, TRule> write,
        params string[] aliases) where TRule : OptimizerRule =>
        new(name, aliases, rule => read((TRule)rule), (rule, text) => write((TRule)rule, ParseNumber(name, text)));

    /// <summary>A setting that is a number, or null where it is off.</summary>
    public static RuleSetting OptionalNumber<TRule>(string name, Func<TRule, double?> read, Func<TRule, double, TRule> write)
        where TRule : OptimizerRule =>
        new(name, [], rule => read((TRule)rule), (rule, text) => write((TRule)rule, ParseNumber(name, text)));

    /// <summary>A setting that is true or false.</summary>
    public static RuleSetting Flag<TRule>(string name, Func<TRule, bool> read, Func<TRule, bool, TRule> write)
        where TRule : OptimizerRule =>
        new(name, [], rule => read((TRule)rule), (rule, text) => write((TRule)rule, ParseFlag(name, text)));

    /// <summary>A setting that is a member of an enumeration; read as its name in lower case.</summary>
    public static RuleSetting Choice<TRule, TEnum>(string name, Func<TRule, TEnum> read, Func<TRule, TEnum, TRule> write)
        where TRule : OptimizerRule
        where TEnum : struct, Enum =>
        new(name, [], rule => read((TRule)rule).ToString().ToLowerInvariant(),
            (rule, text) => write((TRule)rule, ParseChoice<TEnum>(name, text)));

    /// <summary>Whether <paramref name="name"/> means this setting: case, '_' and '-' do not matter.</summary>
    public bool IsCalled(string name) => _names.Contains(Normalize(name));

    /// <summary>The value: double, bool, string or null.</summary>
    public object? Read(OptimizerRule rule) => _read(rule);

    /// <summary>The rule with the setting changed.</summary>
    /// <exception cref="ArgumentException">The text is no value of this setting.</exception>
    public OptimizerRule Write(OptimizerRule rule, string value) => _write(rule, value);

    private static string Normalize(string name) =>
        name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    private static double ParseNumber(string name, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw new ArgumentException($"{name} is '{text}'; it must be a number such as 0.9 or 1e-7.", name);

    private static bool ParseFlag(string name, string text) =>
        bool.TryParse(text, out bool value)
            ? value
            : throw new ArgumentException($"{name} is '{text}'; it must be true or false.", name);

    private static TEnum ParseChoice<TEnum>(string name, string text) where TEnum : struct, Enum
    {
        foreach (TEnum choice in Enum.GetValues<TEnum>())
            if (string.Equals(choice.ToString(), text, StringComparison.OrdinalIgnoreCase))
                return choice;
        string known = string.Join(" or ", Enum.GetNames<TEnum>()).ToLowerInvariant();
        throw new ArgumentException($"{name} is '{text}'; it must be {known}.", name);
    }
}
