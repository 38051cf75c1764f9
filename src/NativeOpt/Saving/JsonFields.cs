using System.Text.Json;
using NativeOpt.Text;

namespace NativeOpt.Saving;

/// <summary>
/// An object of a JSON text, whose fields are asked for one by one. Messages say where it is, such as "layers[2].settings".
/// </summary>
internal sealed class JsonFields
{
    private readonly JsonElement _element;
    private readonly List<string> _asked = [];

    /// <summary>An object.</summary>
    /// <exception cref="ArgumentException">The element is something else.</exception>
    public JsonFields(JsonElement element, string place)
    {
        (_element, Place) = (element, place);
        if (element.ValueKind != JsonValueKind.Object)
            throw new ArgumentException($"{place} is {Kind(element)}; it must be an object");
    }

    /// <summary>Where it is.</summary>
    public string Place { get; }

    /// <summary>Names and values.</summary>
    public JsonElement.ObjectEnumerator All => _element.EnumerateObject();

    /// <summary>A field of any kind, or null where it is absent or null.</summary>
    public JsonElement? Find(string name)
    {
        _asked.Add(name);
        return _element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    /// <summary>A text that must be there.</summary>
    public string Text(string name) => OptionalText(name) ?? throw Missing(name);

    /// <summary>A text, or null.</summary>
    public string? OptionalText(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(name, value, "a text");

    /// <summary>A whole number, or null.</summary>
    public long? OptionalWhole(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long whole) ? whole : throw Wrong(name, value, "a whole number");

    /// <summary>True or false.</summary>
    public bool Flag(string name, bool missing) => Find(name) is not { } value ? missing
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(name, value, "true or false");

    /// <summary>An object, or null.</summary>
    public JsonFields? OptionalObject(string name) => Find(name) is { } value ? new JsonFields(value, Inner(name)) : null;

    /// <summary>A list of objects, empty where it is absent.</summary>
    public IEnumerable<JsonFields> Objects(string name)
    {
        if (Find(name) is not { } value)
            yield break;
        if (value.ValueKind != JsonValueKind.Array)
            throw Wrong(name, value, "a list");
        int index = 0;
        foreach (JsonElement item in value.EnumerateArray())
            yield return new JsonFields(item, $"{Inner(name)}[{index++}]");
    }

    /// <summary>Refuses fields that nobody has asked for.</summary>
    public void Finish()
    {
        foreach (JsonProperty property in All)
            if (!_asked.Contains(property.Name))
                throw new ArgumentException(NearestName.Explain($"field of {Place}", property.Name, _asked));
    }

    /// <summary>Runs a function; what it refuses is then said of this place.</summary>
    public T At<T>(Func<T> function)
    {
        try
        {
            return function();
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException($"{Place}: {ArgumentFailure.Sentence(exception)}", exception);
        }
    }

    private string Inner(string name) => Place == ModelReader.Root ? name : $"{Place}.{name}";

    private ArgumentException Missing(string name) => new($"{Inner(name)} is missing");

    private ArgumentException Wrong(string name, JsonElement value, string wanted) =>
        new($"{Inner(name)} is {Kind(value)}; it must be {wanted}");

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => element.GetRawText(),
    };
}
