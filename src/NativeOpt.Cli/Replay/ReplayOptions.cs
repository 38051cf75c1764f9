namespace NativeOpt.Cli.Replay;

/// <summary>What all cases of a replay share.</summary>
internal sealed record ReplayOptions
{
    /// <summary>Folder with data sets that cases train on; null: only where the system or the program has them.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Ends a training between two batches.</summary>
    public CancellationToken Cancellation { get; init; }
}
