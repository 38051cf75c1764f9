using NativeOpt.Cli.Comparison;
using NativeOpt.Cli.Report.Charts;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Report.Compare;

/// <summary>How long epochs took, and which learning rates they had.</summary>
internal static class CompareTimes
{
    public static IEnumerable<IPicture> Charts(IReadOnlyList<RunResult> runs)
    {
        yield return new BarChart("Time per epoch", ChartAxis.Elapsed, [.. runs.Select(Time)])
        {
            Note = "The median; the line goes from the shortest epoch to the longest.",
        };
        yield return new LineChart("Learning rate", ChartAxis.Epoch, ChartAxis.LearningRate with { Show = Number },
            [.. runs.Select((run, slot) => Series.OverEpochs(run.Label, slot, [.. run.Epochs.Select(e => e.LearningRate)]))])
        {
            Note = "After each epoch.",
        };
    }

    private static Bar Time(RunResult run, int slot)
    {
        double[] seconds = [.. run.Seeds.SelectMany(seed => seed.Epochs).Select(epoch => epoch.Seconds)];
        return new Bar(run.Label, run.SecondsPerEpoch)
        {
            Slot = slot,
            Spread = seconds.Length < 2 ? null : (seconds.Min(), seconds.Max()),
        };
    }
}
