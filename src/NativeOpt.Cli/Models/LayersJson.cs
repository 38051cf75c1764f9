using System.Text.Json;
using System.Text.Json.Nodes;

namespace NativeOpt.Cli.Models;

/// <summary>
/// Layers as people and Keras write them, in the form of <see cref="Sequential.FromJson"/>. A layer is an object with its "type" (or
/// "class_name") and its settings beside it, or in "settings" (or "config"); what only Keras needs is left out.
/// </summary>
internal static class LayersJson
{
    private static readonly string[] TypeNames = ["type", "class_name"], SettingsNames = ["settings", "config"];

    private static readonly string[] OfKeras = ["module", "registered_name", "build_config", "dtype", "batch_shape", "batch_input_shape"];

    /// <summary>Fields of a layer that are no settings.</summary>
    private static readonly string[] Shared = ["name", "trainable", "activity_regularizer"];

    /// <summary>The text of a model that has the layers and is not compiled.</summary>
    /// <param name="text">A list of layers.</param>
    /// <param name="seed">Of the model.</param>
    /// <exception cref="ArgumentException">It is no such list.</exception>
    public static string ToModel(string text, int seed)
    {
        JsonArray list = Parse(text) as JsonArray
            ?? throw new ArgumentException("layers must be a list, such as [{\"type\": \"dense\", \"units\": 10}]");
        var layers = new JsonArray();
        for (int i = 0; i < list.Count; i++)
            if (ToLayer(list[i], $"layers[{i}]") is { } layer)
                layers.Add((JsonNode)layer);
        if (layers.Count == 0)
            throw new ArgumentException("layers is empty; there must be one layer at least");
        return new JsonObject { ["format"] = "nativeopt-model/1", ["seed"] = seed, ["layers"] = layers }.ToJsonString();
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"layers is no JSON: {e.Message}", e);
        }
    }

    private static JsonObject? ToLayer(JsonNode? node, string place)
    {
        if (node is not JsonObject given)
            throw new ArgumentException($"{place} must be an object, such as {{\"type\": \"dense\", \"units\": 10}}");
        if (Find(given, TypeNames) is not JsonValue type || !type.TryGetValue(out string? name))
            throw new ArgumentException($"{place}.type is missing");
        // The number of inputs follows from the data.
        if (name == "InputLayer")
            return null;
        var layer = new JsonObject { ["type"] = name };
        var settings = new JsonObject();
        foreach ((string key, JsonNode? value) in given.Concat(Find(given, SettingsNames) as JsonObject ?? []))
        {
            if (value is null || TypeNames.Contains(key) || SettingsNames.Contains(key) || OfKeras.Contains(key))
                continue;
            (Shared.Contains(key) ? layer : settings)[key] = Simple(value);
        }
        layer["settings"] = settings;
        return layer;
    }

    private static JsonNode? Find(JsonObject item, string[] names) =>
        names.Select(name => item.TryGetPropertyValue(name, out JsonNode? value) ? value : null).FirstOrDefault(value => value is not null);

    /// <summary>Keras writes an initializer or regularizer as an object with a class and its settings; here it is a text.</summary>
    private static JsonNode? Simple(JsonNode value)
    {
        if (value is not JsonObject item || Find(item, TypeNames) is not JsonValue name)
            return value.DeepClone();
        var settings = (Find(item, SettingsNames) as JsonObject ?? [])
            .Where(setting => setting.Value is not null && setting.Key != "dtype")
            .Select(setting => $"{setting.Key}={setting.Value!.ToString().ToLowerInvariant()}");
        string inside = string.Join(", ", settings);
        return inside.Length == 0 ? name.ToString() : $"{name}({inside})";
    }
}
