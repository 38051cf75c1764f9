namespace NativeOpt.Cli.Replay;

/// <summary>What came of a case on a target.</summary>
/// <param name="Case">The case.</param>
/// <param name="Target">What it ran on.</param>
/// <param name="Checks">The comparisons made before it ended.</param>
/// <param name="Problems">Why it failed, a sentence each; empty where it passed.</param>
internal sealed record CaseResult(GoldenCase Case, ReplayTarget Target, Checks Checks, IReadOnlyList<string> Problems)
{
    /// <summary>Whether every value was compared and close.</summary>
    public bool Passed => Problems.Count == 0;
}
