using System.Text.Json;
using NativeOpt.Saving;

namespace NativeOpt.Files;

/// <summary>Everything training has built up besides arrays, as the JSON text "state" of a checkpoint.</summary>
internal sealed record TrainingCounts
{
    /// <summary>Epochs that are complete; the order of rows of the next one follows from it.</summary>
    public required long Epochs { get; init; }

    /// <summary>Training forwards so far, which random layers count by.</summary>
    public required long Passes { get; init; }

    /// <summary>What the optimizer has counted; null for a model that was not compiled.</summary>
    public OptimizerCounts? Optimizer { get; init; }

    /// <summary>The numbers of callbacks; their blocks of bytes are arrays of the file.</summary>
    public IReadOnlyList<CallbackState> Callbacks { get; init; } = [];

    /// <summary>The text.</summary>
    public string Write() => StateText.Write(json =>
    {
        json.WriteNumber("epochs", Epochs);
        json.WriteNumber("passes", Passes);
        Optimizer?.Write(json);
        json.WriteStartArray("callbacks");
        foreach (CallbackState callback in Callbacks)
        {
            json.WriteStartObject();
            json.WriteString("type", callback.Type);
            StateText.WriteNumbers(json, "numbers", callback.Numbers);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    /// <summary>Reads a text.</summary>
    /// <exception cref="ArgumentException">Something is missing, of another kind, or unknown.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static TrainingCounts Read(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        var fields = new JsonFields(document.RootElement, "state");
        var counts = new TrainingCounts
        {
            Epochs = StateText.ReadCount(fields, "epochs"),
            Passes = StateText.ReadCount(fields, "passes"),
            Optimizer = fields.OptionalObject("optimizer") is { } optimizer ? OptimizerCounts.Read(optimizer) : null,
            Callbacks = [.. fields.Objects("callbacks").Select(ReadCallback)],
        };
        fields.Finish();
        return counts;
    }

    private static CallbackState ReadCallback(JsonFields fields)
    {
        var state = new CallbackState(fields.Text("type"));
        foreach ((string name, double value) in StateText.ReadNumbers(fields, "numbers"))
            state[name] = value;
        fields.Finish();
        return state;
    }
}
