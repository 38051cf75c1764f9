using System.Globalization;
using System.Text;
using System.Text.Json;
using NativeOpt.Saving;

namespace NativeOpt.Files;

/// <summary>Numbers in the JSON text of a checkpoint. What JSON has no word for is written as text: "NaN", "Infinity".</summary>
internal static class StateText
{
    /// <summary>The text of an object.</summary>
    public static string Write(Action<Utf8JsonWriter> writeFields)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory))
        {
            json.WriteStartObject();
            writeFields(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length);
    }

    /// <summary>Writes a number that reads back as the same one.</summary>
    public static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Writes numbers by name as an object.</summary>
    public static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, double>> numbers)
    {
        json.WriteStartObject(name);
        foreach ((string key, double value) in numbers)
            WriteNumber(json, key, value);
        json.WriteEndObject();
    }

    /// <summary>A number, or null where it is absent.</summary>
    /// <exception cref="ArgumentException">It is something else.</exception>
    public static double? ReadNumber(JsonFields fields, string name) => fields.Find(name) is { } value
        ? ToNumber(value) ?? throw new ArgumentException($"{fields.Place}.{name} is {value.GetRawText()}; it must be a number")
        : null;

    /// <summary>The numbers of an object by name, none where it is absent.</summary>
    /// <exception cref="ArgumentException">One is something else.</exception>
    public static IEnumerable<KeyValuePair<string, double>> ReadNumbers(JsonFields fields, string name)
    {
        if (fields.OptionalObject(name) is not { } numbers)
            yield break;
        foreach (JsonProperty number in numbers.All)
            yield return new(number.Name, ReadNumber(numbers, number.Name) ?? 0);
    }

    /// <summary>A whole number that is not negative.</summary>
    /// <exception cref="ArgumentException">It is missing or something else.</exception>
    public static long ReadCount(JsonFields fields, string name) => fields.OptionalWhole(name) is { } count and >= 0
        ? count
        : throw new ArgumentException($"{fields.Place}.{name} is missing or negative");

    private static double? ToNumber(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String when double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            => number,
        _ => null,
    };
}
