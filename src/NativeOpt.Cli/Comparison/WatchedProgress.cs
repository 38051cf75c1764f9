using System.Diagnostics;
using NativeOpt.Cli.Display;

namespace NativeOpt.Cli.Comparison;

/// <summary>Passes on what Fit reports: every epoch, and in between a few times a second. Epochs of several seeds are counted on.</summary>
/// <param name="watcher">Hears of it.</param>
/// <param name="run">Number of the variant.</param>
/// <param name="batchSize">Rows of a step.</param>
/// <param name="epochs">Of one seed.</param>
/// <param name="seed">Place of the seed, from 0.</param>
/// <param name="seeds">How many there are.</param>
/// <param name="numbers">The numbers of an epoch.</param>
internal sealed class WatchedProgress(
    IComparisonWatcher watcher, int run, int batchSize, int epochs, int seed, int seeds, Func<EpochResult, EpochNumbers> numbers)
    : IProgress<TrainingProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private long _last;

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        double samples = (double)value.Batch * batchSize;
        int done = seed * epochs;
        if (value.FinishedEpoch is { } epoch)
        {
            EpochNumbers own = numbers(epoch);
            watcher.EpochEnded(run, seeds * epochs, own with { Epoch = done + own.Epoch });
        }
        else if (Stopwatch.GetElapsedTime(_last) >= Interval)
        {
            _last = Stopwatch.GetTimestamp();
            watcher.Advanced(run, new RunProgress(done + value.Epoch, seeds * epochs,
                (done + value.Epoch - 1 + (double)value.Batch / value.BatchCount) / (seeds * epochs),
                value.Loss, value.Accuracy ?? double.NaN, samples / value.Elapsed.TotalSeconds));
        }
    }
}
