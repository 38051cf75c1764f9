using System.Text.Json;

namespace NativeOpt.Tests.Schedules;

/// <summary>Hyper-parameters of a golden case; one that nobody has asked for fails the test.</summary>
internal sealed class GoldenHyper(JsonElement json)
{
    private readonly HashSet<string> _unused = [.. json.EnumerateObject().Select(property => property.Name)];

    public double Number(string name) => Get(name).GetDouble();

    public double Number(string name, double missing) => Find(name) is { } value ? value.GetDouble() : missing;

    public long Whole(string name) => Get(name).GetInt64();

    public long Whole(string name, long missing) => Find(name) is { } value ? value.GetInt64() : missing;

    public bool Flag(string name, bool missing = false) => Find(name) is { } value ? value.GetBoolean() : missing;

    public string Text(string name, string missing) => Find(name) is { } value ? value.GetString()! : missing;

    public JsonElement Get(string name) => Find(name) ?? throw new KeyNotFoundException($"no hyper-parameter '{name}'");

    /// <summary>Null where the value is null or missing.</summary>
    public JsonElement? Find(string name)
    {
        _unused.Remove(name);
        return json.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    public void RequireAllUsed()
    {
        if (_unused.Count > 0)
            throw new InvalidDataException($"unknown hyper-parameters: {string.Join(", ", _unused)}");
    }
}
