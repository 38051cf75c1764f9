using System.Globalization;
using NativeOpt.Cli.Commands;
using NativeOpt.Text;

namespace NativeOpt.Cli.Comparison;

/// <summary>What may stand in an optimizer's parentheses: names, short names and defaults.</summary>
internal static class OptimizerSettings
{
    /// <summary>The names people type for short. A rule takes those whose long name it has.</summary>
    private static readonly (string Short, string Long)[] ShortNames =
    [
        ("lr", "learning_rate"), ("b1", "beta_1"), ("b2", "beta_2"), ("b3", "beta_3"), ("eps", "epsilon"), ("eps_root", "epsilon_root"),
    ];

    /// <summary>Settings every optimizer has, apart from the learning rate.</summary>
    private static readonly string[] Shared = [.. OptimizerRule.SharedSettingNames];

    /// <summary>The settings of every optimizer with their defaults, a line each.</summary>
    public static IEnumerable<string> Describe()
    {
        int width = OptimizerRule.KnownNames.Max(name => name.Length);
        string Line(string head, string text) => $"{head.PadRight(width)}  {text}";
        var common = OptimizerRule.FromName("sgd").GetSettings();
        foreach (string name in OptimizerRule.KnownNames)
        {
            // A shared setting is named where the rule has another default for it.
            var own = OptimizerRule.FromName(name).GetSettings().Where(
                setting => !Shared.Contains(setting.Key) || !Equals(setting.Value, common.GetValueOrDefault(setting.Key)));
            yield return Line(name, string.Join(", ", own.Select(Assignment)));
        }
        yield return Line("all", string.Join(", ", common.Where(setting => Shared.Contains(setting.Key)).Select(Assignment)));
        yield return Line("in short", string.Join(", ", ShortNames.Select(pair => $"{pair.Short} = {pair.Long}")));
    }

    /// <summary>Names the nearest setting, short or long, where a name is unknown.</summary>
    /// <param name="optimizer">A name that is known.</param>
    /// <param name="typed">Names of settings, as they were typed.</param>
    /// <exception cref="InputException">A name is unknown.</exception>
    public static void Check(string optimizer, IEnumerable<string> typed)
    {
        OptimizerRule rule = OptimizerRule.FromName(optimizer);
        string[] known = [.. rule.GetSettings().Keys];
        var shorts = ShortNames.Where(pair => known.Contains(pair.Long)).ToDictionary(pair => pair.Long, pair => pair.Short);
        foreach (string name in typed)
        {
            if (known.Concat(shorts.Values).Any(k => Plain(k) == Plain(name)) || rule.OwnSettings.Any(s => s.IsCalled(name)))
                continue;
            string hint = NearestName.Find(name, known.Concat(shorts.Values)) is { } nearest ? $"; did you mean '{nearest}'?" : ".";
            string list = string.Join(", ", known.Select(k => shorts.TryGetValue(k, out string? brief) ? $"{k} ({brief})" : k));
            throw new InputException($"unknown setting of {rule.Name} '{name}'{hint} Known: {list}");
        }
    }

    /// <summary>A complaint about a property, such as "LearningRate is -1; ...", with the name that was typed.</summary>
    public static string InTypedWords(string complaint, IEnumerable<string> typed)
    {
        int end = complaint.IndexOf(" is ", StringComparison.Ordinal);
        foreach (string name in end < 0 ? [] : typed)
        {
            string full = ShortNames.FirstOrDefault(pair => Plain(pair.Short) == Plain(name)).Long ?? name;
            if (Plain(full) == Plain(complaint[..end]))
                return (full == name ? name : $"{name} ({full})") + complaint[end..];
        }
        return complaint;
    }

    /// <summary>Case, '_' and '-' do not matter.</summary>
    public static string Plain(string name) =>
        name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();

    private static string Assignment(KeyValuePair<string, object?> setting) => $"{setting.Key}={setting.Value switch
    {
        null => "off",
        bool flag => flag ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture).ToLowerInvariant(),
        object other => other,
    }}";
}
