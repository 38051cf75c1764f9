using System.Text.Json;
using NativeOpt.Saving;

namespace NativeOpt.Data.Csv;

/// <summary>Encodings of tables as JSON.</summary>
internal static class CsvEncodingJson
{
    private const string Format = "nativeopt-csv-encoding/1";

    public static string Write(CsvEncoding encoding) => FormattedJson.Write(Format, json =>
    {
        json.WriteStartArray("inputs");
        foreach (CsvInput input in encoding.Inputs)
            WriteInput(json, input);
        json.WriteEndArray();
        if (encoding.Target is not { } target)
            return;
        json.WriteStartObject("target");
        json.WriteString("name", target.Name);
        WriteTexts(json, "classes", target.ClassNames);
        json.WriteEndObject();
    });

    public static CsvEncoding Read(string text) => FormattedJson.Read(text, Format, fields =>
    {
        CsvInput[] inputs = [.. fields.Objects("inputs").Select(ReadInput)];
        if (inputs.Length == 0)
            throw new ArgumentException("inputs is empty; there must be one at least");
        if (inputs.GroupBy(input => input.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new ArgumentException($"inputs has '{twice.Key}' twice");
        return new CsvEncoding(inputs, fields.OptionalObject("target") is { } target ? ReadTarget(target) : null);
    });

    private static void WriteInput(Utf8JsonWriter json, CsvInput input)
    {
        json.WriteStartObject();
        json.WriteString("name", input.Name);
        WriteTexts(json, "categories", input.Categories);
        if (!double.IsNaN(input.Mean))
            json.WriteNumber("mean", input.Mean);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string>? texts)
    {
        if (texts is null)
            return;
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static CsvInput ReadInput(JsonFields fields)
    {
        string name = fields.Text("name");
        string[]? categories = ReadTexts(fields, "categories");
        double mean = ReadMean(fields);
        if (categories is not null && !double.IsNaN(mean))
            throw new ArgumentException($"{fields.Place} has categories and a mean; a column of texts has no mean");
        fields.Finish();
        return new CsvInput(name, categories, mean);
    }

    private static double ReadMean(JsonFields fields)
    {
        if (fields.Find("mean") is not { } value)
            return double.NaN;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double mean) && double.IsFinite(mean)
            ? mean
            : throw new ArgumentException($"{fields.Place}.mean is {value.GetRawText()}; it must be a finite number");
    }

    private static CsvTarget ReadTarget(JsonFields fields)
    {
        var target = new CsvTarget(fields.Text("name"), ReadTexts(fields, "classes"));
        fields.Finish();
        return target;
    }

    private static string[]? ReadTexts(JsonFields fields, string name)
    {
        if (fields.Find(name) is not { } list)
            return null;
        if (list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
            throw new ArgumentException($"{fields.Place}.{name} must be a list of texts");
        string[] texts = [.. list.EnumerateArray().Select(item => item.GetString()!)];
        return texts.Length > 0 && texts.Distinct(StringComparer.Ordinal).Count() == texts.Length
            ? texts
            : throw new ArgumentException($"{fields.Place}.{name} must have different texts, one at least");
    }
}
