namespace NativeOpt.Cli.Replay;

/// <summary>How cases of one kind are replayed.</summary>
internal interface IReplayKind
{
    /// <summary>As the field "kind" has it.</summary>
    string Name { get; }

    /// <summary>Does what the case did and compares. Every field it asks for counts as understood; all others fail the case.</summary>
    /// <exception cref="ReplayException">Something is missing or unknown.</exception>
    void Replay(ReplayRun run);
}
