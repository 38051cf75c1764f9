using NativeOpt.Cli.Comparison;

namespace NativeOpt.Cli.Display;

/// <summary>Shows a comparison while it runs and when it is done.</summary>
internal interface IComparisonDisplay
{
    /// <summary>Runs <paramref name="work"/> and shows what it reports.</summary>
    /// <param name="labels">One a run.</param>
    /// <param name="work">Reports to the watcher it is given, from this thread.</param>
    ComparisonResults Watch(IReadOnlyList<string> labels, Func<IComparisonWatcher, ComparisonResults> work);

    /// <summary>Prints the table.</summary>
    void Summarize(ComparisonResults results);
}

/// <summary>Hears how far a comparison has come.</summary>
internal interface IComparisonWatcher
{
    /// <summary>A run has begun.</summary>
    void RunStarted(int run);

    /// <summary>Some steps are done. Called a few times a second.</summary>
    void Advanced(int run, RunProgress progress);

    /// <summary>An epoch is done.</summary>
    void EpochEnded(int run, int epochs, EpochNumbers epoch);

    /// <summary>A run is done.</summary>
    void RunEnded(int run, RunResult result);
}

/// <summary>How far a run has come.</summary>
/// <param name="Epoch">The epoch that is running, from 1.</param>
/// <param name="Epochs">How many there will be.</param>
/// <param name="Fraction">Part of the whole run that is done, 0..1.</param>
/// <param name="Loss">Mean over the epoch so far.</param>
/// <param name="Accuracy">0..1, likewise.</param>
/// <param name="SamplesPerSecond">In this epoch.</param>
internal readonly record struct RunProgress(
    int Epoch, int Epochs, double Fraction, double Loss, double Accuracy, double SamplesPerSecond);
