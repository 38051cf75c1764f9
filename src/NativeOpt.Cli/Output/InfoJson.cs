using System.Text.Json.Serialization;

namespace NativeOpt.Cli.Output;

/// <summary>What runs here: the answer of `nativeopt info --json`.</summary>
internal sealed record RuntimeInfo
{
    /// <summary>Version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>Version of the C interface the program was built for.</summary>
    public required int AbiVersion { get; init; }

    /// <summary>"native" or "managed".</summary>
    public required string Backend { get; init; }

    /// <summary>Why that one.</summary>
    public required string Reason { get; init; }

    /// <summary>False where NOPT_ISA or NOPT_GEMM asks for what the library has not: <see cref="Reason"/> says so.</summary>
    public required bool IsUsable { get; init; }

    public string? LibraryPath { get; init; }

    public string? LibraryVersion { get; init; }

    public required string InstructionSet { get; init; }

    public required string Processor { get; init; }

    /// <summary>Processors this process may use.</summary>
    public required int Processors { get; init; }

    public required int Threads { get; init; }

    public required string OpenBlasVersion { get; init; }

    public required string OpenBlasCore { get; init; }

    public required string OpenBlasThreading { get; init; }

    public required string OperatingSystem { get; init; }

    public required string Architecture { get; init; }

    public required string DotNet { get; init; }

    /// <summary>Where the native library was looked for, and what came of it.</summary>
    public required IReadOnlyList<string> LoadTrace { get; init; }
}

/// <summary>Its serializer, generated when this is compiled.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RuntimeInfo))]
internal sealed partial class InfoJson : JsonSerializerContext
{
    public static string Write(RuntimeInfo info) => JsonText.Write(info, Default.RuntimeInfo);
}
