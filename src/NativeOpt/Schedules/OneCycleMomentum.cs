using NativeOpt.Schedules;

namespace NativeOpt;

/// <summary>The momentum of a <see cref="OneCycleLR"/>: high where the rate is low.</summary>
public sealed record OneCycleMomentum : Schedule
{
    /// <summary>The momentum of a cycle; the same as <see cref="OneCycleLR.MomentumSchedule"/>.</summary>
    public OneCycleMomentum(OneCycleLR cycle)
    {
        ArgumentNullException.ThrowIfNull(cycle);
        Cycle = cycle;
    }

    /// <summary>The schedule of the rate, which has the settings.</summary>
    public OneCycleLR Cycle { get; }

    /// <summary>The schedule as text.</summary>
    internal static ScheduleForm Form { get; } = ScheduleForm.Create<OneCycleMomentum>("one_cycle_momentum",
        settings => new(settings.Schedule("cycle") as OneCycleLR ?? throw new ArgumentException("cycle must be a one_cycle_lr.")),
        schedule => new ScheduleSettings()
            .With("cycle", schedule.Cycle));

    /// <inheritdoc/>
    protected override double Compute(long t)
    {
        (int phase, double share) = Cycle.Locate(t);
        return phase switch
        {
            0 => Cycle.Anneal(Cycle.MaxMomentum, Cycle.BaseMomentum, share),
            1 => Cycle.Anneal(Cycle.BaseMomentum, Cycle.MaxMomentum, share),
            _ => Cycle.MaxMomentum,
        };
    }
}
