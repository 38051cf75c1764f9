using System.Text.Json.Serialization;
using NativeOpt.Cli.Bench;

namespace NativeOpt.Cli.Output;

/// <summary>The answer of `nativeopt bench --json`: its serializer, generated when this is compiled.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BenchResults))]
internal sealed partial class BenchJson : JsonSerializerContext
{
    public static string Write(BenchResults results) => JsonText.Write(results, Default.BenchResults);
}
