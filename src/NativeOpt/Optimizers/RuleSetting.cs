using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using NativeOpt.Text;

namespace NativeOpt;

/// <summary>
/// One setting of a rule by name: how it is read, and how a text becomes a rule with it. A <see cref="CustomRule"/> lists those that
/// it has of its own.
/// </summary>
public sealed class RuleSetting
{
    /// <summary>The text of a setting that is null.</summary>
    internal const string Off = "off";

    /// <summary>The text of an empty list of patterns.</summary>
    private const string NoPatterns = "none";

    private readonly string[] _names;
    private readonly Func<OptimizerRule, object?> _read;
    private readonly Func<OptimizerRule, string, OptimizerRule> _write;
    private readonly Func<string[], Action<OptimizerRule, double?>>? _createAssignment;

    private RuleSetting(string name, string[] aliases, Func<OptimizerRule, object?> read,
        Func<OptimizerRule, string, OptimizerRule> write, Func<string[], Action<OptimizerRule, double?>>? createAssignment = null)
    {
        Name = name;
        _names = [.. aliases.Prepend(name).Select(SettingsText.Normalize)];
        _read = read;
        _write = write;
        _createAssignment = createAssignment;
    }

    /// <summary>The setting that all rules have and that alone may be a schedule in a rule.</summary>
    internal static RuleSetting LearningRate { get; } = new("learning_rate", ["lr"],
        rule => rule.LearningRate.Schedule is { } schedule ? schedule.ToString() : rule.LearningRate.InitialValue,
        (rule, text) => rule with { LearningRate = ParseRate("learning_rate", text) });

    /// <summary>How many steps make one update.</summary>
    public static RuleSetting AccumulationSteps { get; } = OptionalWholeNumber<OptimizerRule>("gradient_accumulation_steps",
        rule => rule.GradientAccumulationSteps, (rule, value) => rule with { GradientAccumulationSteps = value });

    /// <summary>Whether its schedule goes by updates whatever the others go by.</summary>
    public bool CountsUpdates => ReferenceEquals(this, AccumulationSteps);

    /// <summary>As Keras writes it, such as "beta_1".</summary>
    public string Name { get; }

    /// <summary>Whether this is <see cref="LearningRate"/>.</summary>
    internal bool IsLearningRate => ReferenceEquals(this, LearningRate);

    /// <summary>A setting that is a number, and may follow a schedule.</summary>
    /// <param name="name">As a text has it, such as "beta_1".</param>
    /// <param name="read">The value in a rule.</param>
    /// <param name="write">The rule with another value: <c>(rule, value) =&gt; rule with { ... }</c>.</param>
    /// <param name="aliases">Other names.</param>
    public static RuleSetting Number<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TRule>(
        string name, Func<TRule, double> read, Func<TRule, double, TRule> write,
        params string[] aliases) where TRule : OptimizerRule =>
        new(name, aliases, rule => read((TRule)rule), (rule, text) => write((TRule)rule, SettingValue.ParseNumber(name, text)),
            names => AssignmentOf<TRule>(names, isOptional: false));

    /// <summary>
    /// The share of an average that survives a step: "beta_1" (Keras), "b1" (optax), "betas[0]" (PyTorch: the first of a list).
    /// </summary>
    internal static RuleSetting Beta<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TRule>(
        int number, Func<TRule, double> read, Func<TRule, double, TRule> write) where TRule : OptimizerRule =>
        Number($"beta_{number}", read, write, $"b{number}", $"betas[{number - 1}]");

    /// <summary>A setting that is a number, or null where it is off.</summary>
    /// <param name="name">As a text has it, such as "beta_1".</param>
    /// <param name="read">The value in a rule.</param>
    /// <param name="write">The rule with another value: <c>(rule, value) =&gt; rule with { ... }</c>.</param>
    /// <param name="aliases">Other names.</param>
    public static RuleSetting OptionalNumber<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TRule>(
        string name, Func<TRule, double?> read, Func<TRule, double?, TRule> write,
        params string[] aliases) where TRule : OptimizerRule =>
        new(name, aliases, rule => read((TRule)rule),
            (rule, text) => write((TRule)rule, IsOff(text) ? null : SettingValue.ParseNumber(name, text)),
            names => AssignmentOf<TRule>(names, isOptional: true));

    /// <summary>A setting that is a whole number; it cannot follow a schedule.</summary>
    /// <param name="name">As a text has it, such as "beta_1".</param>
    /// <param name="read">The value in a rule.</param>
    /// <param name="write">The rule with another value: <c>(rule, value) =&gt; rule with { ... }</c>.</param>
    /// <param name="aliases">Other names.</param>
    public static RuleSetting Whole<TRule>(string name, Func<TRule, int> read, Func<TRule, int, TRule> write, params string[] aliases)
        where TRule : OptimizerRule =>
        new(name, aliases, rule => read((TRule)rule), (rule, text) => write((TRule)rule, SettingValue.ParseInteger(name, text)));

    /// <summary>The same, under the name that the rules of this library call it by.</summary>
    internal static RuleSetting Integer<TRule>(string name, Func<TRule, int> read, Func<TRule, int, TRule> write, params string[] aliases)
        where TRule : OptimizerRule => Whole(name, read, write, aliases);

    /// <summary>A setting that is read and written as text; null where the text is empty.</summary>
    internal static RuleSetting Text<TRule>(string name, Func<TRule, string> read, Func<TRule, string, TRule> write, params string[] aliases)
        where TRule : OptimizerRule =>
        new(name, aliases, rule => read((TRule)rule) is { Length: > 0 } text ? text : null,
            (rule, text) => write((TRule)rule, IsOff(text) ? string.Empty : text));

    /// <summary>A name of another library for several settings, or for one in another form. It is understood, and never shown.</summary>
    internal static RuleSetting Foreign<TRule>(string name, Func<TRule, string, TRule> write) where TRule : OptimizerRule =>
        new(name, [], _ => null, (rule, text) => write((TRule)rule, text));
    /// <summary>A setting that is a whole number, or null where it is off.</summary>
    public static RuleSetting OptionalWholeNumber<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TRule>(
        string name, Func<TRule, int?> read, Func<TRule, int, TRule> write) where TRule : OptimizerRule =>
        new(name, [], rule => (double?)read((TRule)rule),
            (rule, text) => write((TRule)rule, ToWhole(name, SettingValue.ParseNumber(name, text))),
            names =>
            {
                var assign = AccessorOf<TRule>(names).CreateDelegate<Action<TRule, int?>>();
                return (rule, value) => assign((TRule)rule, value is { } number ? ToWhole(name, number) : null);
            });

    /// <summary>A setting that is a list of name patterns with "|" between them, or null where something else decides.</summary>
    public static RuleSetting Patterns<TRule>(string name, Func<TRule, IReadOnlyList<string>?> read,
        Func<TRule, IReadOnlyList<string>, TRule> write, params string[] aliases) where TRule : OptimizerRule =>
        new(name, aliases,
            rule => read((TRule)rule) is not { } patterns ? null : patterns.Count == 0 ? NoPatterns : string.Join('|', patterns),
            (rule, text) => write((TRule)rule, text == NoPatterns ? [] : text.Split('|', StringSplitOptions.TrimEntries)));

    /// <summary>A setting that is true or false.</summary>
    /// <param name="name">As a text has it, such as "beta_1".</param>
    /// <param name="read">The value in a rule.</param>
    /// <param name="write">The rule with another value: <c>(rule, value) =&gt; rule with { ... }</c>.</param>
    /// <param name="aliases">Other names.</param>
    public static RuleSetting Flag<TRule>(string name, Func<TRule, bool> read, Func<TRule, bool, TRule> write,
        params string[] aliases) where TRule : OptimizerRule =>
        new(name, aliases, rule => read((TRule)rule), (rule, text) => write((TRule)rule, ParseFlag(name, text)));

    /// <summary>A setting that is true or false, or null where something else decides.</summary>
    internal static RuleSetting OptionalFlag<TRule>(string name, Func<TRule, bool?> read, Func<TRule, bool, TRule> write,
        params string[] aliases) where TRule : OptimizerRule =>
        new(name, aliases, rule => read((TRule)rule), (rule, text) => write((TRule)rule, ParseFlag(name, text)));

    /// <summary>A setting that is a member of an enumeration; read as its name in lower case.</summary>
    internal static RuleSetting Choice<TRule, TEnum>(string name, Func<TRule, TEnum> read, Func<TRule, TEnum, TRule> write)
        where TRule : OptimizerRule
        where TEnum : struct, Enum =>
        new(name, [], rule => read((TRule)rule).ToString().ToLowerInvariant(),
            (rule, text) => write((TRule)rule, ParseChoice<TEnum>(name, text)));

    /// <summary>
    /// Whether <paramref name="name"/> means this setting: case, '_' and '-' do not matter. Element i of a setting that another
    /// library gives as a list is called "name[i]".
    /// </summary>
    internal bool IsCalled(string name) => _names.Contains(SettingsText.Normalize(name));

    /// <summary>The value: double, int, bool, string or null.</summary>
    internal object? Read(OptimizerRule rule) => _read(rule);

    /// <summary>The rule with the setting changed.</summary>
    /// <exception cref="ArgumentException">The text is no value of this setting.</exception>
    internal OptimizerRule Write(OptimizerRule rule, string value) => _write(rule, value);

    /// <summary>
    /// What changes the number in place, with the checks of its property, in a rule that nobody else sees: a new rule for every
    /// step would be garbage. Null where the setting is not a number.
    /// </summary>
    internal Action<OptimizerRule, double?>? CreateAssignment() => _createAssignment?.Invoke(_names);

    /// <summary>The init accessor of the property that the setting is named after; only a delegate can call it later.</summary>
    private static Action<OptimizerRule, double?> AssignmentOf<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TRule>(string[] names, bool isOptional)
        where TRule : OptimizerRule
    {
        MethodInfo accessor = AccessorOf<TRule>(names);
        if (isOptional)
        {
            var assignOptional = accessor.CreateDelegate<Action<TRule, double?>>();
            return (rule, value) => assignOptional((TRule)rule, value);
        }
        var assign = accessor.CreateDelegate<Action<TRule, double>>();
        return (rule, value) => assign((TRule)rule, value!.Value);
    }

    private static bool IsOff(string text) => string.Equals(text, Off, StringComparison.OrdinalIgnoreCase);

    private static ScheduledValue ParseRate(string name, string text) =>
        text.Contains('(', StringComparison.Ordinal) ? Schedule.Parse(text) : SettingValue.ParseNumber(name, text);
    private static MethodInfo AccessorOf<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TRule>(
        string[] names) =>
        typeof(TRule).GetProperties().Single(property => names.Contains(SettingsText.Normalize(property.Name))).SetMethod!;

    private static int ToWhole(string name, double value) => value is >= int.MinValue and <= int.MaxValue && Math.Floor(value) == value
        ? (int)value
        : throw new ArgumentException(FormattableString.Invariant($"{name} is {value}; it must be a whole number."), name);

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
