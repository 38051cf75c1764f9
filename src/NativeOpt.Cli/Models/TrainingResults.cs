using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using NativeOpt.Cli.Comparison;
using NativeOpt.Cli.Output;

namespace NativeOpt.Cli.Models;

/// <summary>What `nativeopt train` found out: results.json.</summary>
internal sealed record TrainingResults
{
    /// <summary>Names this layout.</summary>
    public string Schema { get; init; } = "nativeopt-training/1";

    /// <summary>Version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>When it began; of a training that went on, when it went on.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Whether all epochs are done, or a callback has ended the training.</summary>
    public required bool Finished { get; init; }

    /// <summary>Why it ended before its last epoch; null where it did not.</summary>
    public string? StoppedBecause { get; init; }

    /// <summary>The epoch whose weights the model has.</summary>
    public required int ModelEpoch { get; init; }

    public required MachineInfo Machine { get; init; }

    public required DatasetInfo Dataset { get; init; }

    public required TrainedModel Model { get; init; }

    /// <summary>The settings, as in recipe.json.</summary>
    public required JsonObject Recipe { get; init; }

    public required IReadOnlyList<EpochRow> Epochs { get; init; }

    /// <summary>Loss and metrics on the test rows; null where there are none.</summary>
    public IReadOnlyDictionary<string, double>? Test { get; init; }
}

/// <summary>The model of a training.</summary>
internal sealed record TrainedModel
{
    /// <summary>One text a layer: "dense 784 -> 128, relu".</summary>
    public required IReadOnlyList<string> Layers { get; init; }

    /// <summary>Numbers that training changes.</summary>
    public required long Parameters { get; init; }

    /// <summary>With all settings that are not at their defaults.</summary>
    public required string Optimizer { get; init; }

    public required string Loss { get; init; }

    public required IReadOnlyList<string> Metrics { get; init; }
}

/// <summary>Their serializers, generated when this is compiled.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(FiniteNumberConverter)])]
[JsonSerializable(typeof(TrainingResults))]
[JsonSerializable(typeof(EpochRow[]))]
internal sealed partial class TrainingJson : JsonSerializerContext
{
    public static string Write(TrainingResults results) => JsonText.Write(results, Default.TrainingResults);

    /// <exception cref="JsonException">The text is no such file.</exception>
    public static TrainingResults Read(string json) =>
        JsonSerializer.Deserialize(json, Default.TrainingResults) ?? throw new JsonException("it holds null");

    /// <summary>For a checkpoint.</summary>
    public static byte[] WriteRows(EpochRow[] rows) => JsonSerializer.SerializeToUtf8Bytes(rows, Default.EpochRowArray);

    /// <summary>What <see cref="WriteRows"/> wrote.</summary>
    public static EpochRow[] ReadRows(byte[] bytes) => JsonSerializer.Deserialize(bytes, Default.EpochRowArray) ?? [];
}
