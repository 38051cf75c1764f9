using System.Diagnostics;
using NativeOpt.Cli.Display;

namespace NativeOpt.Cli.Comparison;

/// <summary>Passes on what Fit reports: every epoch, and in between a few times a second.</summary>
internal sealed class WatchedProgress(int run, int batchSize, Func<EpochResult, EpochNumbers> numbers, IComparisonWatcher watcher)
    : IProgress<TrainingProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private long _last;

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        double samples = (double)value.Batch * batchSize;
        if (value.FinishedEpoch is { } epoch)
        {
            watcher.EpochEnded(run, value.EpochCount, numbers(epoch));
        }
        else if (Stopwatch.GetElapsedTime(_last) >= Interval)
        {
            _last = Stopwatch.GetTimestamp();
            watcher.Advanced(run, new RunProgress(value.Epoch, value.EpochCount,
                (value.Epoch - 1 + (double)value.Batch / value.BatchCount) / value.EpochCount,
                value.Loss, value.Accuracy ?? double.NaN, samples / value.Elapsed.TotalSeconds));
        }
    }
}
