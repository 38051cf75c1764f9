using System.Text.Json;

namespace NativeOpt.Tests.Golden;

/// <summary>One case, read by paths such as "expected.dW" or "inputs.W.0".</summary>
internal sealed class GoldenCase(JsonElement json, string? name = null)
{
    /// <summary>Unique in its file.</summary>
    public string Name { get; } = name ?? json.GetProperty("name").GetString()!;

    /// <summary>What kind of case this is.</summary>
    public string Kind => Text("kind");

    /// <summary>Whether the path leads anywhere.</summary>
    public bool Has(string path) => Find(path) is not null;

    /// <summary>The JSON value at a path, for what the other members do not cover.</summary>
    public JsonElement Json(string path) => Find(path) ?? throw new KeyNotFoundException($"'{Name}' has no '{path}'");

    /// <summary>A string.</summary>
    public string Text(string path) => Json(path).GetString()!;

    /// <summary>A number.</summary>
    public double Number(string path) => Json(path).GetDouble();

    /// <summary>Numbers, row after row if they are nested.</summary>
    public double[] Numbers(string path) => [.. Flatten(Json(path))];

    /// <summary>Whole numbers.</summary>
    public int[] Integers(string path) => [.. Json(path).EnumerateArray().Select(item => item.GetInt32())];

    /// <summary>A list of rows; a plain list is one row.</summary>
    public double[][] Rows(string path)
    {
        JsonElement value = Json(path);
        return value[0].ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(row => Flatten(row).ToArray())]
            : [[.. Flatten(value)]];
    }

    /// <summary>Length of the list at a path.</summary>
    public int Count(string path) => Json(path).GetArrayLength();

    private JsonElement? Find(string path)
    {
        JsonElement at = json;
        foreach (string step in path.Split('.'))
        {
            if (at.ValueKind == JsonValueKind.Array && int.TryParse(step, out int index) && index < at.GetArrayLength())
                at = at[index];
            else if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(step, out JsonElement next))
                at = next;
            else
                return null;
        }
        return at;
    }

    private static IEnumerable<double> Flatten(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? value.EnumerateArray().SelectMany(Flatten)
        : [value.GetDouble()];
}
