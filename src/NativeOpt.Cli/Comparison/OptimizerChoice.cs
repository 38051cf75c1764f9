using NativeOpt.Cli.Commands;
using NativeOpt.Text;

namespace NativeOpt.Cli.Comparison;

/// <summary>An optimizer that takes part in a comparison.</summary>
/// <param name="Name">As it was asked for, without settings: "momentum".</param>
/// <param name="Label">With the settings that were given: "adam(lr=0.002)". No two are the same.</param>
/// <param name="Rule">What trains.</param>
internal sealed record OptimizerChoice(string Name, string Label, OptimizerRule Rule)
{
    /// <summary>Whether the settings that were given have a learning rate.</summary>
    public bool NamesRate { get; init; }

    /// <summary>The family of the tutorials, at their rates.</summary>
    public const string DefaultList = "sgd,momentum,nesterov,rmsprop,adam";

    private const string ListOption = "--optimizers";

    /// <summary>Reads "adam(lr=0.002,beta_1=0.8),sgd".</summary>
    /// <param name="list">Names, each with settings in parentheses if need be, separated by commas.</param>
    /// <param name="learningRate">The rate of those that name none; null: each optimizer's own default.</param>
    /// <exception cref="InputException">The list cannot be read, or names an optimizer twice.</exception>
    public static IReadOnlyList<OptimizerChoice> ParseList(string list, double? learningRate)
    {
        var choices = new List<OptimizerChoice>();
        foreach (string entry in Split(list))
        {
            if (entry.Length == 0)
                throw new InputException($"{ListOption} is '{list}'; an optimizer's name is missing. "
                    + $"Known: {string.Join(", ", OptimizerRule.KnownNames)}");
            OptimizerChoice choice = Parse(entry, learningRate, ListOption);
            if (choices.Exists(other => other.Label == choice.Label))
                throw new InputException($"{ListOption} names '{choice.Label}' twice; give each of them other settings");
            choices.Add(choice);
        }
        return choices;
    }

    /// <summary>Reads "adam(lr=0.002)".</summary>
    /// <param name="entry">A name, with settings in parentheses if need be.</param>
    /// <param name="learningRate">The rate if it names none; null: the optimizer's own default.</param>
    /// <param name="argument">The option it comes from, for messages.</param>
    /// <exception cref="InputException">It cannot be read.</exception>
    public static OptimizerChoice Parse(string entry, double? learningRate, string argument)
    {
        string[] parts = entry.Split('(', 2);
        string name = parts[0].Trim().ToLowerInvariant();
        string settings = parts.Length < 2 ? "" : string.Concat(parts[1].Where(c => !char.IsWhiteSpace(c)));
        settings = settings.EndsWith(')') ? settings[..^1] : settings;
        string[] typed = [];
        try
        {
            typed = [.. SettingsText.Split(settings).Select(setting => setting.Split('=')[0]).Where(setting => setting.Length > 0)];
            if (OptimizerRule.KnownNames.Contains(name))
                OptimizerSettings.Check(name, typed);
            OptimizerRule rule = OptimizerRule.Parse(entry);
            bool namesRate = HasRate(settings);
            if (learningRate is { } rate && !namesRate)
                rule = rule.WithLearningRate(rate);
            return new OptimizerChoice(name, settings.Length == 0 ? name : $"{name}({settings})", rule) { NamesRate = namesRate };
        }
        catch (Exception e) when (e is ArgumentException or InputException)
        {
            string where = parts.Length > 1 ? $"{entry}: " : "";
            string complaint = e is ArgumentException refused ? FirstLine(refused) : e.Message;
            throw new InputException($"{argument}: {where}{OptimizerSettings.InTypedWords(complaint, typed)}", e);
        }
    }

    /// <summary>Whether settings have a learning rate: their own, or that of a rule inside of a rule.</summary>
    private static bool HasRate(string settings) => SettingsText.Split(settings).Select(setting => setting.Split('=', 2)).Any(sides =>
        OptimizerSettings.Plain(sides[0]) is "LR" or "LEARNINGRATE"
        || (sides.Length > 1 && SettingsText.TakeApart(sides[1]).Settings is { } inner && HasRate(inner)));

    /// <summary>An ArgumentException's message without what .NET adds about parameters.</summary>
    private static string FirstLine(ArgumentException e)
    {
        string line = e.Message.Split('\n')[0].TrimEnd();
        return e.ParamName is { } name ? line.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : line;
    }

    /// <summary>Splits at the commas that stand outside of parentheses.</summary>
    private static IEnumerable<string> Split(string list)
    {
        int depth = 0, start = 0;
        for (int i = 0; i < list.Length; i++)
        {
            depth += list[i] is '(' or '[' ? 1 : list[i] is ')' or ']' ? -1 : 0;
            if (depth < 0)
                throw new InputException($"{ListOption} is '{list}'; the parentheses do not match at character {i + 1}");
            if (list[i] != ',' || depth != 0)
                continue;
            yield return list[start..i].Trim();
            start = i + 1;
        }
        if (depth != 0)
            throw new InputException($"{ListOption} is '{list}'; a closing parenthesis is missing");
        yield return list[start..].Trim();
    }
}
