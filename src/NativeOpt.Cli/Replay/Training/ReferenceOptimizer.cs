using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using NativeOpt.Cli.Replay.Optimizers;

namespace NativeOpt.Cli.Replay.Training;

/// <summary>Reads an optimizer of PyTorch from the words of an accuracy reference: "SGD lr=0.01 momentum=0.9 nesterov".</summary>
internal static partial class ReferenceOptimizer
{
    private static readonly Dictionary<string, string> FullNames = new()
    {
        ["b"] = "betas", ["wd"] = "weight_decay", ["initial_accumulator"] = "initial_accumulator_value",
    };

    /// <exception cref="ReplayException">A word has another form, or a name is unknown.</exception>
    public static OptimizerRule Read(string text)
    {
        string[] words = Remark().Replace(text, "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
            throw new ReplayException("optimizer is empty; it must be a name with settings");
        string json = $"{{{string.Join(", ", words.Skip(1).Select(Write))}}}";
        using JsonDocument hyper = JsonDocument.Parse(json);
        return RuleReader.Read("pytorch", words[0], new Fields(hyper.RootElement.Clone(), "optimizer")) with { WeightDecayExclude = [] };
    }

    private static string Write(string word)
    {
        string[] sides = word.Split('=');
        if (sides.Length == 1)
            return $"\"{word}\": true";
        string[] values = [.. sides[1].Trim('(', ')').Split(',').Select(value =>
            double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                ? number.ToString("R", CultureInfo.InvariantCulture)
                : throw new ReplayException($"optimizer has '{word}'; its value must be a number"))];
        string name = FullNames.GetValueOrDefault(sides[0], sides[0]);
        return $"\"{name}\": {(values.Length > 1 ? $"[{string.Join(", ", values)}]" : values[0])}";
    }

    // "(2.x formula; 1.13 has a bug)": a remark stands by itself, a list of numbers behind "=".
    [GeneratedRegex(@"(?<!=)\([^)]*\)")]
    private static partial Regex Remark();
}
