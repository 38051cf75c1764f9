using System.Text.Json.Nodes;
using NativeOpt.Cli.Output;
using NativeOpt.Cli.Tutorial;

namespace NativeOpt.Cli.Commands;

/// <summary>What `nativeopt tutorial` says of the experiments.</summary>
internal static class TutorialWords
{
    private static readonly (TutorialOptions Option, string Name, Func<TutorialSettings, bool> IsGiven)[] Optional =
    [
        (TutorialOptions.Seeds, "--seeds", settings => settings.Seeds is not null),
        (TutorialOptions.Epochs, "--epochs", settings => settings.Epochs is not null),
        (TutorialOptions.DataDirectory, "--data-dir", settings => settings.DataDirectory is not null),
        (TutorialOptions.Rows, "--rows", settings => settings.Rows is not null),
        (TutorialOptions.FullGrid, "--full-grid", settings => settings.FullGrid),
    ];

    /// <summary>The experiments, a line each.</summary>
    public static IEnumerable<string> Lines(bool json)
    {
        if (json)
            return [JsonText.Write(new JsonObject { ["experiments"] = new JsonArray([.. Experiments.All.Select(Describe)]) },
                TutorialJson.Default.JsonObject)];
        int width = Experiments.All.Max(experiment => experiment.Name.Length);
        return Experiments.All.Select(experiment =>
            $"{experiment.Name.PadRight(width)}  {experiment.Summary} ({experiment.Duration})");
    }

    /// <summary>Refuses options that an experiment would not look at.</summary>
    /// <exception cref="InputException">There is one.</exception>
    public static void RefuseUnused(IExperiment experiment, TutorialSettings settings)
    {
        foreach (var (option, name, isGiven) in Optional)
            if (isGiven(settings) && !experiment.Options.HasFlag(option))
                throw new InputException($"{name} cannot be used with {experiment.Name}; it takes {Taken(experiment)}");
    }

    private static string Taken(IExperiment experiment)
    {
        string[] names = [.. Optional.Where(o => experiment.Options.HasFlag(o.Option)).Select(o => o.Name)];
        return names.Length == 0 ? "none of the options that only some experiments have" : string.Join(", ", names);
    }

    private static JsonNode Describe(IExperiment experiment) => new JsonObject
    {
        ["name"] = experiment.Name,
        ["summary"] = experiment.Summary,
        ["duration"] = experiment.Duration,
        ["options"] = new JsonArray([.. Optional.Where(o => experiment.Options.HasFlag(o.Option)).Select(o => (JsonNode)o.Name)]),
    };
}
