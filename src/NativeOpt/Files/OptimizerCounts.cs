using System.Text.Json;
using NativeOpt.Saving;

namespace NativeOpt.Files;

/// <summary>What an optimizer has counted and computed besides its slots.</summary>
internal sealed record OptimizerCounts
{
    /// <summary>Updates.</summary>
    public required long Steps { get; init; }

    /// <summary>Where gradients accumulate: steps so far, and those that wait for their update.</summary>
    public required (long Steps, int Pending) Accumulation { get; init; }

    /// <summary>Steps without effect because of gradients that were not finite, and how many of them were the last ones.</summary>
    public required (long Steps, int InARow) Skipped { get; init; }

    /// <summary>The learning rate where it is a number; null where it follows a schedule.</summary>
    public required double? LearningRate { get; init; }

    /// <summary>What the learning rate is multiplied by.</summary>
    public required double LearningRateScale { get; init; }

    /// <summary>Whether the averages are in the place of the weights.</summary>
    public required bool HasAveragesInModel { get; init; }

    /// <summary>The numbers that rules keep.</summary>
    public required IReadOnlyList<KeyValuePair<string, double>> Scalars { get; init; }

    /// <summary>The numbers that rules keep for each parameter.</summary>
    public required IReadOnlyList<(string Parameter, KeyValuePair<string, double>[] Numbers)> Numbers { get; init; }

    /// <summary>Writes the field "optimizer".</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("optimizer");
        json.WriteNumber("steps", Steps);
        json.WriteNumber("micro_steps", Accumulation.Steps);
        json.WriteNumber("pending_gradients", Accumulation.Pending);
        json.WriteNumber("skipped_steps", Skipped.Steps);
        json.WriteNumber("skipped_in_a_row", Skipped.InARow);
        if (LearningRate is { } rate)
            json.WriteNumber("learning_rate", rate);
        json.WriteNumber("learning_rate_scale", LearningRateScale);
        json.WriteBoolean("averages_in_model", HasAveragesInModel);
        StateText.WriteNumbers(json, "scalars", Scalars);
        json.WriteStartObject("numbers");
        foreach ((string parameter, KeyValuePair<string, double>[] numbers) in Numbers)
            StateText.WriteNumbers(json, parameter, numbers);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Reads the field.</summary>
    /// <exception cref="ArgumentException">Something is missing, of another kind, or unknown.</exception>
    public static OptimizerCounts Read(JsonFields fields)
    {
        JsonFields? numbers = fields.OptionalObject("numbers");
        var counts = new OptimizerCounts
        {
            Steps = StateText.ReadCount(fields, "steps"),
            Accumulation = (StateText.ReadCount(fields, "micro_steps"), ReadSmallCount(fields, "pending_gradients")),
            Skipped = (StateText.ReadCount(fields, "skipped_steps"), ReadSmallCount(fields, "skipped_in_a_row")),
            LearningRate = StateText.ReadNumber(fields, "learning_rate"),
            LearningRateScale = StateText.ReadNumber(fields, "learning_rate_scale") ?? 1,
            HasAveragesInModel = fields.Flag("averages_in_model", missing: false),
            Scalars = [.. StateText.ReadNumbers(fields, "scalars")],
            Numbers = numbers is null
                ? []
                : [.. numbers.All.ToArray().Select(parameter => (parameter.Name, StateText.ReadNumbers(numbers, parameter.Name).ToArray()))],
        };
        fields.Finish();
        return counts;
    }

    private static int ReadSmallCount(JsonFields fields, string name)
    {
        long count = StateText.ReadCount(fields, name);
        return count <= int.MaxValue
            ? (int)count
            : throw new ArgumentException($"{fields.Place}.{name} is {count}; it must be at most {int.MaxValue}");
    }
}
