using NativeOpt.Cli.Replay.Schedules;

namespace NativeOpt.Cli.Replay.Kinds;

/// <summary>Rates of a schedule for every step, and the momentum that moves with them. Schedules compute in double everywhere.</summary>
internal sealed class ScheduleKind : IReplayKind
{
    /// <summary>Rates below this are compared absolutely, to within 1e-16.</summary>
    private const double SmallestRate = 1e-5;

    /// <summary>A schedule in double is compared in double, whatever the rest of the run computes in.</summary>
    internal static void Compare(ReplayRun run, string name, double[] actual) =>
        run.Checks.AddDouble(run.Expected.Numbers(name), actual, Tolerances.Float64Steps, name, SmallestRate);

    /// <inheritdoc/>
    public string Name => "lr_schedule";

    /// <inheritdoc/>
    public void Replay(ReplayRun run)
    {
        run.Fields.Ignore("convention");
        Schedule schedule = ScheduleReader.Read(run.Fields.Text("scheduler"), run.Hyper);
        int count = run.Expected.Numbers("lr").Length;
        if (run.Fields.Has("steps") && run.Fields.Whole("steps") != count)
            throw new ReplayException($"steps is {run.Fields.Whole("steps")}; expected.lr has {count} numbers");
        Compare(run, "lr", schedule.Preview(count));
        foreach (string moved in new[] { "momentum", "beta1" })
            if (run.Expected.Has(moved))
                Compare(run, moved, MomentumOf(schedule).Preview(run.Expected.Numbers(moved).Length));
    }

    private static Schedule MomentumOf(Schedule schedule) => schedule switch
    {
        CyclicLR cycle => cycle.MomentumSchedule(),
        OneCycleLR cycle => cycle.MomentumSchedule(),
        _ => throw new ReplayException("expected.momentum is there; this schedule does not move the momentum"),
    };
}
