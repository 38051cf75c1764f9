using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using NativeOpt.Cli.Commands;
using NativeOpt.Cli.Comparison;
using NativeOpt.Cli.Output;
using NativeOpt.Cli.Tutorial.Trials;

namespace NativeOpt.Cli.Tutorial;

/// <summary>results.json of an experiment: what all have, then what it adds itself.</summary>
internal static class TutorialResults
{
    /// <summary>Name of the file.</summary>
    public const string File = "results.json";

    /// <summary>Names this layout; a change that a reader would notice gets a new number.</summary>
    private const string Schema = "nativeopt-tutorial/1";

    public static string Write(
        IExperiment experiment, TutorialSettings settings, ExperimentOutcome outcome, MachineInfo machine, DateTimeOffset started,
        TimeSpan elapsed)
    {
        var results = new JsonObject
        {
            ["schema"] = Schema,
            ["version"] = ProductVersion.Text,
            ["experiment"] = experiment.Name,
            ["started"] = started.ToString("O", CultureInfo.InvariantCulture),
            ["seconds"] = Number(elapsed.TotalSeconds),
            ["quick"] = settings.Quick,
            ["machine"] = JsonSerializer.SerializeToNode(machine, TutorialJson.Default.MachineInfo),
            ["settings"] = new JsonObject(outcome.Settings.Select(s => KeyValuePair.Create(s.Name, (JsonNode?)s.Value))),
            ["verdict"] = new JsonArray([.. outcome.Verdict.Select(sentence => (JsonNode)sentence.Text)]),
        };
        foreach ((string name, JsonNode? value) in outcome.Results)
            results[name] = value?.DeepClone();
        return JsonText.Write(results, TutorialJson.Default.JsonObject) + "\n";
    }

    /// <summary>A number of JSON; null where it is not finite, which JSON cannot say.</summary>
    public static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    /// <summary>An array of them.</summary>
    public static JsonArray Numbers(IEnumerable<double> values) => new([.. values.Select(Number)]);
}

/// <summary>Serializers, generated when this is compiled. Records of an experiment's own get a line here.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(FiniteNumberConverter)])]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(MachineInfo))]
[JsonSerializable(typeof(TrialResult))]
internal sealed partial class TutorialJson : JsonSerializerContext;
