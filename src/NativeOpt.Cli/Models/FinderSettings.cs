using NativeOpt.Cli.Loading;

namespace NativeOpt.Cli.Models;

/// <summary>What `nativeopt lr-find` was asked for.</summary>
internal sealed record FinderSettings
{
    public required DataChoice Data { get; init; }

    public required ModelSettings Model { get; init; }

    /// <summary>How inputs are scaled.</summary>
    public ScaleKind Scale { get; init; }

    public int BatchSize { get; init; } = 32;

    /// <summary>Range, steps and smoothing of the test.</summary>
    public LearningRateFinder Finder { get; init; } = new();

    /// <summary>Folder of the picture and the numbers; null: nothing is written.</summary>
    public string? Output { get; init; }

    /// <summary>Null: as many as there are processors.</summary>
    public int? Threads { get; init; }

    public bool Json { get; init; }
}
