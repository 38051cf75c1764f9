using System.Globalization;
using System.Text.Json;

namespace NativeOpt.Cli.Replay.Optimizers;

/// <summary>Turns the hyper-parameters of another library into a rule.</summary>
internal static class RuleReader
{
    /// <summary>A schedule inside of one optimizer of Keras.</summary>
    private const string Warmup = "warmup_steps";

    private static readonly JsonElement Null = JsonDocument.Parse("null").RootElement;

    /// <summary>Reads a rule; each hyper-parameter that it takes counts as understood.</summary>
    /// <param name="convention">"pytorch", "keras" or "optax".</param>
    /// <param name="optimizer">The library's name of the optimizer.</param>
    /// <param name="hyper">Its hyper-parameters; where one is absent the library's default holds.</param>
    /// <param name="others">Fields of <paramref name="hyper"/> that are not the rule's.</param>
    /// <exception cref="ReplayException">A name is unknown, or a value is none that the rule takes.</exception>
    public static OptimizerRule Read(string convention, string optimizer, Fields hyper, params string[] others)
    {
        OptimizerRule rule = KnownOptimizers.Find(convention, optimizer);
        foreach (string name in hyper.Names.Except(others))
            if (name != Warmup)
                rule = WriteOrWriteElements(rule, name, hyper.Find(name) ?? Null);
        return rule is ScheduleFreeAdamW ? WithWarmup(rule, hyper.Whole(Warmup, 0)) : rule;
    }

    /// <summary>Element i of a list is the setting "name[i]", unless the whole list is one setting.</summary>
    private static OptimizerRule WriteOrWriteElements(OptimizerRule rule, string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
            return Write(rule, name, value);
        bool isWhole = value.GetArrayLength() > 0 && rule.SettingOrNull($"{name}[0]") is null || HasLists(value);
        if (isWhole && rule.SettingOrNull(name) is { } whole)
            return whole.Write(rule, string.Join("; ", value.EnumerateArray().Select(JoinRow)));
        foreach ((int index, JsonElement item) in value.EnumerateArray().Index())
            rule = Write(rule, $"{name}[{index}]", item);
        return rule;
    }

    private static bool HasLists(JsonElement list) => list.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Array);

    private static string JoinRow(JsonElement row) =>
        row.ValueKind == JsonValueKind.Array ? string.Join(' ', row.EnumerateArray().Select(AsText)) : AsText(row);

    private static OptimizerRule Write(OptimizerRule rule, string name, JsonElement value)
    {
        if (rule.SettingOrNull(name) is not { } setting)
            return ForeignArguments.IsNeutral(name, value)
                ? rule
                : throw new ReplayException($"unknown hyper-parameter '{name}' of {rule.Name}: {Fields.Describe(value)}");
        return value.ValueKind == JsonValueKind.Null ? SwitchOff(rule, setting) : setting.Write(rule, AsText(value));
    }

    /// <summary>Where a library writes null for a setting, it means none of it: off, 0 or false.</summary>
    private static OptimizerRule SwitchOff(OptimizerRule rule, RuleSetting setting)
    {
        switch (setting.IsLearningRate ? null : setting.Read(rule))
        {
            case double and not 0:
                break;
            case true:
                return setting.Write(rule, "false");
            default:
                return rule;
        }
        try
        {
            return setting.Write(rule, RuleSetting.Off);
        }
        catch (ArgumentException)
        {
            return setting.Write(rule, "0");
        }
    }

    /// <summary>Keras' schedule-free AdamW lets the rate of step n rise as n / warmup_steps.</summary>
    private static OptimizerRule WithWarmup(OptimizerRule rule, long steps)
    {
        double rate = rule.LearningRate;
        return steps <= 0 ? rule : rule with { LearningRate = new LambdaSchedule(t => rate * Math.Min(1, (t + 1.0) / steps)) };
    }

    private static string AsText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetDouble().ToString("R", CultureInfo.InvariantCulture),
        _ => value.GetRawText(),
    };
}
