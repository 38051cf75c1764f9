using NativeOpt.Cli.Loading;

namespace NativeOpt.Cli.Models;

/// <summary>What `nativeopt evaluate` was asked for.</summary>
internal sealed record EvaluateSettings
{
    /// <summary>The file of the model, or the folder it is in.</summary>
    public required string Model { get; init; }

    public required DataChoice Data { get; init; }

    /// <summary>Whether the training rows of a data set are measured, not the test rows.</summary>
    public bool Train { get; init; }

    public int BatchSize { get; init; } = 256;

    public BackendKind Backend { get; init; }

    /// <summary>Null: as many as there are processors.</summary>
    public int? Threads { get; init; }

    public bool Json { get; init; }
}
