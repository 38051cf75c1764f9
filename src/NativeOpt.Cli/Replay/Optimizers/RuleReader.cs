using System.Globalization;
using System.Text.Json;

namespace NativeOpt.Cli.Replay.Optimizers;

/// <summary>Turns the hyper-parameters of another library into a rule.</summary>
internal static class RuleReader
{
    private static readonly JsonElement Null = JsonDocument.Parse("null").RootElement;

    /// <summary>Reads a rule; each hyper-parameter that it takes counts as understood.</summary>
    /// <param name="convention">"pytorch", "keras" or "optax".</param>
    /// <param name="optimizer">The library's name of the optimizer.</param>
    /// <param name="hyper">Its hyper-parameters; where one is absent the library's default holds.</param>
    /// <exception cref="ReplayException">A name is unknown, or a value is none that the rule takes.</exception>
    public static OptimizerRule Read(string convention, string optimizer, Fields hyper)
    {
        OptimizerRule rule = KnownOptimizers.Find(convention, optimizer);
        foreach (string name in hyper.Names)
        {
            JsonElement value = hyper.Find(name) ?? Null;
            if (value.ValueKind != JsonValueKind.Array)
                rule = Write(rule, name, value);
            else
                foreach ((int index, JsonElement item) in value.EnumerateArray().Index())
                    rule = Write(rule, $"{name}[{index}]", item);
        }
        return rule;
    }

    private static OptimizerRule Write(OptimizerRule rule, string name, JsonElement value)
    {
        if (rule.SettingOrNull(name) is not { } setting)
            return ForeignArguments.IsNeutral(name, value)
                ? rule
                : throw new ReplayException($"unknown hyper-parameter '{name}' of {rule.Name}: {Fields.Describe(value)}");
        if (value.ValueKind != JsonValueKind.Null)
            return setting.Write(rule, AsText(value));
        // Where a library writes null for a number, it means none of it.
        return setting.Read(rule) is null or 0.0 ? rule : setting.Write(rule, "0");
    }

    private static string AsText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetDouble().ToString("R", CultureInfo.InvariantCulture),
        _ => value.GetRawText(),
    };
}
