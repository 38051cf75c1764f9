using NativeOpt.Schedules;

namespace NativeOpt;

/// <summary>The same value at every step.</summary>
public sealed record ConstantSchedule : Schedule
{
    /// <summary>A schedule that stays at <paramref name="value"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public ConstantSchedule(double value) => Value = value;

    /// <summary>The value; finite and not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Value { get; init => field = Require.NotNegative(value, nameof(Value)); }

    /// <summary>The schedule as text.</summary>
    internal static ScheduleForm Form { get; } = ScheduleForm.Create<ConstantSchedule>("constant",
        settings => new(settings.Number("value")),
        schedule => new ScheduleSettings()
            .With("value", schedule.Value),
        ("lr", "value"), ("learning_rate", "value"));

    /// <inheritdoc/>
    protected override double Compute(long t) => Value;
}
