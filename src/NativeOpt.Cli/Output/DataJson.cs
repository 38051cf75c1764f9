using System.Text.Json.Serialization;

namespace NativeOpt.Cli.Output;

/// <summary>The answer of `nativeopt data get --json`.</summary>
internal sealed record DataGetResult
{
    public required string Name { get; init; }

    /// <summary>Where the files are; null where the data are part of the program.</summary>
    public required string? Folder { get; init; }

    /// <summary>False where all of them were there already.</summary>
    public required bool Downloaded { get; init; }

    public required IReadOnlyList<DataFile> Files { get; init; }
}

/// <summary>A file of a data set.</summary>
internal sealed record DataFile(string Name, long Bytes, string Sha256);

/// <summary>A line of `nativeopt data list --json`.</summary>
internal sealed record DataSetInfo
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>Whether it can be loaded.</summary>
    public required bool Available { get; init; }

    /// <summary>Whether it is part of the program.</summary>
    public required bool BuiltIn { get; init; }
}

/// <summary>Their serializer, generated when this is compiled.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DataGetResult))]
[JsonSerializable(typeof(DataSetInfo[]))]
internal sealed partial class DataJson : JsonSerializerContext
{
    public static string Write(DataGetResult result) => JsonText.Write(result, Default.DataGetResult);

    public static string Write(DataSetInfo[] sets) => JsonText.Write(sets, Default.DataSetInfoArray);
}
