using System.Globalization;

namespace NativeOpt;

/// <summary>
/// A hyper-parameter that is a number or follows a schedule: both <c>LearningRate = 1e-3</c> and
/// <c>LearningRate = new CosineDecay(1e-3, 1000)</c> make one. Read as a number it is its value before the first step.
/// </summary>
public readonly record struct ScheduledValue
{
    private readonly double _number;

    /// <summary>The same number at every step.</summary>
    public ScheduledValue(double number) => _number = number;

    /// <summary>The values of a schedule.</summary>
    /// <exception cref="ArgumentNullException">The schedule is null.</exception>
    public ScheduledValue(Schedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        Schedule = schedule;
    }

    /// <summary>The schedule, or null for a number.</summary>
    public Schedule? Schedule { get; }

    /// <summary>The value before the first step.</summary>
    public double InitialValue => ValueAt(0);

    /// <summary>The value after <paramref name="step"/> completed steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative and there is a schedule.</exception>
    public double ValueAt(long step) => Schedule is null ? _number : Schedule.ValueAt(step);

    /// <summary>A number.</summary>
    public static implicit operator ScheduledValue(double number) => new(number);

    /// <summary>A schedule.</summary>
    public static implicit operator ScheduledValue(Schedule schedule) => new(schedule);

    /// <summary>The value before the first step.</summary>
    public static implicit operator double(ScheduledValue value) => value.InitialValue;

    /// <inheritdoc/>
    public override string ToString() => Schedule?.ToString() ?? _number.ToString(CultureInfo.InvariantCulture);
}
