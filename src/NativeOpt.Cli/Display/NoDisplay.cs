using NativeOpt.Cli.Comparison;

namespace NativeOpt.Cli.Display;

/// <summary>Shows nothing.</summary>
internal sealed class NoDisplay : IComparisonWatcher
{
    /// <inheritdoc/>
    public void RunStarted(int run) { }

    /// <inheritdoc/>
    public void Advanced(int run, RunProgress progress) { }

    /// <inheritdoc/>
    public void EpochEnded(int run, int epochs, EpochNumbers epoch) { }

    /// <inheritdoc/>
    public void RunEnded(int run, RunResult result) { }
}
