using NativeOpt.Schedules;

namespace NativeOpt;

/// <summary>
/// The product of schedules. It is what PyTorch's ChainedScheduler does with schedulers that multiply the rate: one schedule
/// carries the rate, the others start at 1.
/// </summary>
/// <remarks>
/// PyTorch sets the rate anew, instead of multiplying it, in LambdaLR, CyclicLR, OneCycleLR and the warm restarts, and adds eta_min
/// in CosineAnnealingLR: chains of those have no counterpart here.
/// </remarks>
public sealed record ChainedSchedule : Schedule
{
    private readonly ValueList<Schedule> _schedules;

    /// <summary>The product of <paramref name="schedules"/>, from left to right.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public ChainedSchedule(params IEnumerable<Schedule> schedules) =>
        _schedules = RequireSteps.Schedules(schedules, nameof(schedules));

    /// <summary>The factors in their order.</summary>
    public IReadOnlyList<Schedule> Schedules => _schedules;

    /// <summary>One list instead of a list of lists: chaining is associative to the last bit.</summary>
    internal static ChainedSchedule Join(Schedule first, Schedule next) => new([.. FactorsOf(first), .. FactorsOf(next)]);

    /// <summary>The schedule as text.</summary>
    internal static ScheduleForm Form { get; } = ScheduleForm.Create<ChainedSchedule>("chained",
        settings => new(settings.Schedules("schedules")),
        schedule => new ScheduleSettings()
            .With("schedules", schedule.Schedules));

    /// <inheritdoc/>
    protected override double Compute(long t)
    {
        double product = 1;
        foreach (Schedule schedule in _schedules.AsSpan())
            product *= schedule.ValueAt(t);
        return product;
    }

    private static ValueList<Schedule> FactorsOf(Schedule schedule) =>
        schedule is ChainedSchedule chain ? chain._schedules : new([schedule]);
}
