using System.Text.Json;
using System.Text.Json.Serialization;
using NativeOpt.Cli.Comparison;

namespace NativeOpt.Cli.Output;

/// <summary>results.json. Serializers are generated when this is compiled, so that nothing is looked up at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(FiniteNumberConverter)])]
[JsonSerializable(typeof(ComparisonResults))]
internal sealed partial class ResultsJson : JsonSerializerContext
{
    public static string Write(ComparisonResults results) => JsonText.Write(results, Default.ComparisonResults) + "\n";

    /// <exception cref="JsonException">The text is no such file.</exception>
    public static ComparisonResults Read(string json) =>
        JsonSerializer.Deserialize(json, Default.ComparisonResults) ?? throw new JsonException("results.json holds null");
}

/// <summary>JSON has no NaN and no infinity: both are written as null, which reads back as NaN.</summary>
internal sealed class FiniteNumberConverter : JsonConverter<double>
{
    public override bool HandleNull => true;

    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsFinite(value))
            writer.WriteNumberValue(value);
        else
            writer.WriteNullValue();
    }
}
