using System.Text;
using System.Text.Json;
using NativeOpt.Text;

namespace NativeOpt.Saving;

/// <summary>Small JSON objects whose first field says which form they have.</summary>
internal static class FormattedJson
{
    private const string FormatField = "format";

    private static readonly JsonWriterOptions Options = new() { Indented = true, IndentSize = 2, NewLine = "\n" };

    /// <summary>The text.</summary>
    /// <param name="format">Name and version of the form.</param>
    /// <param name="writeFields">Writes all other fields.</param>
    public static string Write(string format, Action<Utf8JsonWriter> writeFields)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString(FormatField, format);
            writeFields(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">What <see cref="Write"/> made.</param>
    /// <param name="format">Name and version of the form.</param>
    /// <param name="read">Reads all other fields; one that it does not ask for is refused.</param>
    /// <exception cref="ArgumentException">It is no JSON, of another form, or a field is wrong.</exception>
    public static T Read<T>(string text, string format, Func<JsonFields, T> read)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            var fields = new JsonFields(document.RootElement, ModelReader.Root);
            string found = fields.Text(FormatField);
            if (found != format)
                throw new ArgumentException($"{FormatField} is '{found}'; this library reads '{format}'");
            T result = read(fields);
            fields.Finish();
            return result;
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"this is no JSON: {MalformedJson.Position(exception)}: {MalformedJson.Reason(exception)}", exception);
        }
    }
}
