namespace NativeOpt.Cli.Replay;

/// <summary>What `nativeopt replay` was asked to do, checked.</summary>
internal sealed record ReplaySettings
{
    public required IReadOnlyList<string> Files { get; init; }

    public required IReadOnlyList<ReplayTarget> Targets { get; init; }

    /// <summary>Pattern of case names with * and ?; null: all.</summary>
    public string? Filter { get; init; }

    /// <summary>JSON instead of text.</summary>
    public bool Json { get; init; }

    public ReplayOptions Options { get; init; } = new();
}
