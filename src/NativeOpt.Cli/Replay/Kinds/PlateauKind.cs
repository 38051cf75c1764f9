using NativeOpt.Schedules;

namespace NativeOpt.Cli.Replay.Kinds;

/// <summary>Rates after each value of a monitored metric.</summary>
internal sealed class PlateauKind : IReplayKind
{
    /// <inheritdoc/>
    public string Name => "lr_plateau";

    /// <inheritdoc/>
    public void Replay(ReplayRun run)
    {
        if (run.Fields.Text("scheduler") is var scheduler && scheduler != "ReduceLROnPlateau")
            throw new ReplayException($"unknown scheduler '{scheduler}' of kind {Name}. Known: ReduceLROnPlateau");
        double rate = run.Hyper.Number("optimizer_lr");
        run.Hyper.Ignore("verbose", "monitor");
        ReduceOnPlateau rule = Monitoring.IsKeras(run.Fields) ? ReadKeras(run.Hyper) : ReadPyTorch(run.Hyper);
        PlateauState state = rule.Start;
        var rates = new List<double>();
        foreach (double value in run.Fields.Numbers("metrics"))
        {
            state = rule.Next(state, value, rate);
            rates.Add(rate * state.Scale);
        }
        ScheduleKind.Compare(run, "lr", [.. rates]);
    }

    private static ReduceOnPlateau ReadKeras(Fields hyper) => new()
    {
        Convention = Convention.Keras,
        // Keras' own object has the sign that its comparison needs; the argument of the callback has none.
        Improvement = new(Monitoring.ReadMode(hyper), Math.Abs(hyper.Number("min_delta", 1e-4)), Relative: false),
        Factor = hyper.Number("factor", 0.1),
        Patience = (int)hyper.Whole("patience", 10),
        Cooldown = (int)hyper.Whole("cooldown", 0),
        MinLearningRate = hyper.Number("min_lr", 0),
    };

    private static ReduceOnPlateau ReadPyTorch(Fields hyper)
    {
        string threshold = hyper.Text("threshold_mode", "rel");
        if (threshold is not ("rel" or "abs"))
            throw new ReplayException($"hyper.threshold_mode is '{threshold}'; it must be rel or abs");
        return new ReduceOnPlateau
        {
            Convention = Convention.PyTorch,
            Improvement = new(Monitoring.ReadMode(hyper), hyper.Number("threshold", 1e-4), Relative: threshold == "rel"),
            Factor = hyper.Number("factor", 0.1),
            Patience = (int)hyper.Whole("patience", 10),
            Cooldown = (int)hyper.Whole("cooldown", 0),
            MinLearningRate = hyper.Number("min_lr", 0),
            Eps = hyper.Number("eps", 1e-8),
        };
    }
}
