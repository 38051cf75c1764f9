using NativeOpt.Schedules;

namespace NativeOpt;

/// <summary>A schedule that counts epochs: <c>v(floor(t / stepsPerEpoch))</c>. See <see cref="Schedule.PerEpoch"/>.</summary>
public sealed record EpochSchedule : Schedule
{
    /// <summary>Epochs of <paramref name="stepsPerEpoch"/> steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">stepsPerEpoch is less than 1.</exception>
    public EpochSchedule(Schedule inner, long stepsPerEpoch)
    {
        ArgumentNullException.ThrowIfNull(inner);
        Inner = inner;
        StepsPerEpoch = stepsPerEpoch;
    }

    /// <summary>The schedule whose steps are epochs.</summary>
    public Schedule Inner { get; }

    /// <summary>Steps of an epoch; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long StepsPerEpoch { get; init => field = RequireSteps.AtLeastOne(value, nameof(StepsPerEpoch)); }

    /// <summary>The schedule as text.</summary>
    internal static ScheduleForm Form { get; } = ScheduleForm.Create<EpochSchedule>("per_epoch",
        settings => new(settings.Schedule("schedule"), settings.Whole("steps_per_epoch")),
        schedule => new ScheduleSettings()
            .With("schedule", schedule.Inner)
            .With("steps_per_epoch", schedule.StepsPerEpoch));

    /// <inheritdoc/>
    protected override double Compute(long t) => Inner.ValueAt(t / StepsPerEpoch);
}
