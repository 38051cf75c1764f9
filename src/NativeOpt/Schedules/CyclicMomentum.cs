using NativeOpt.Schedules;

namespace NativeOpt;

/// <summary>The momentum of a <see cref="CyclicLR"/>: high where the rate is low.</summary>
public sealed record CyclicMomentum : Schedule
{
    /// <summary>The momentum of a cycle; the same as <see cref="CyclicLR.MomentumSchedule"/>.</summary>
    public CyclicMomentum(CyclicLR cycle)
    {
        ArgumentNullException.ThrowIfNull(cycle);
        Cycle = cycle;
    }

    /// <summary>The schedule of the rate, which has the settings.</summary>
    public CyclicLR Cycle { get; }

    /// <summary>The schedule as text.</summary>
    internal static ScheduleForm Form { get; } = ScheduleForm.Create<CyclicMomentum>("cyclic_momentum",
        settings => new(settings.Schedule("cycle") as CyclicLR ?? throw new ArgumentException("cycle must be a cyclic_lr.")),
        schedule => new ScheduleSettings()
            .With("cycle", schedule.Cycle));

    /// <inheritdoc/>
    protected override double Compute(long t) =>
        Cycle.MaxMomentum - (Cycle.MaxMomentum - Cycle.BaseMomentum) * Cycle.Height(t);
}
