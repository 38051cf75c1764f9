using NativeOpt.Schedules;

namespace NativeOpt.Cli.Replay.Kinds;

/// <summary>When a training ends and whose weights it keeps, by a monitored metric.</summary>
internal sealed class EarlyStoppingKind : IReplayKind
{
    /// <inheritdoc/>
    public string Name => "early_stopping";

    /// <inheritdoc/>
    public void Replay(ReplayRun run)
    {
        if (!Monitoring.IsKeras(run.Fields))
            throw new ReplayException("convention is 'pytorch', which has no early stopping; it must be keras");
        Fields hyper = run.Hyper;
        hyper.Ignore("verbose", "monitor");
        bool restores = hyper.Flag("restore_best_weights", false);
        var rule = new EarlyStop
        {
            Improvement = new(Monitoring.ReadMode(hyper), Math.Abs(hyper.Number("min_delta", 0)), Relative: false),
            Patience = (int)hyper.Whole("patience", 0),
            Baseline = hyper.OptionalNumber("baseline"),
            StartFromEpoch = (int)hyper.Whole("start_from_epoch", 0),
        };
        double[] metrics = run.Fields.Numbers("metrics");
        EarlyStopState state = rule.Start;
        int epoch = 0;
        for (; epoch < metrics.Length && !state.Stops; epoch++)
            state = rule.Next(state, epoch, metrics[epoch]);
        Compare(run, "stopped_at", state.Stops ? epoch - 1 : null);
        Compare(run, "best_epoch", state.BestEpoch);
        Compare(run, "best", state.Best);
        Compare(run, "restored_from_epoch", restores ? state.KeptEpoch : null);
    }

    private static void Compare(ReplayRun run, string name, double? actual)
    {
        if (run.Expected.Contains(name))
            run.Checks.AddExact(run.Expected.OptionalNumber(name), actual, name);
    }
}
