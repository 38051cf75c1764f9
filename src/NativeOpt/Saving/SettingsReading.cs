using System.Globalization;

namespace NativeOpt.Saving;

/// <summary>Kinds of settings that layers, losses and metrics have.</summary>
internal static class SettingsReading
{
    /// <summary>A whole number that an int can hold.</summary>
    public static int Size(this ScheduleSettings settings, string name) => ToInt(name, settings.Whole(name));

    /// <summary>The same, or null where there is none.</summary>
    public static int? OptionalSize(this ScheduleSettings settings, string name) =>
        settings.OptionalWhole(name) is { } size ? ToInt(name, size) : null;

    /// <summary>A number or a schedule.</summary>
    public static ScheduledValue Scheduled(this ScheduleSettings settings, string name) =>
        settings.TryGetValue(name, out object? value) && value is Schedule ? settings.Schedule(name) : settings.Number(name);

    /// <summary>An initializer from its text; null where there is none.</summary>
    public static Initializer? Initializer(this ScheduleSettings settings, string name) =>
        settings.OptionalWord(name) is { } text ? NativeOpt.Initializer.FromName(text) : null;

    /// <summary>A regularizer from its text; null where there is none.</summary>
    public static Regularizer? Regularizer(this ScheduleSettings settings, string name) =>
        settings.OptionalWord(name) is { } text ? NativeOpt.Regularizer.Parse(text) : null;

    /// <summary>A constraint from its text; null where there is none.</summary>
    public static Constraint? Constraint(this ScheduleSettings settings, string name) =>
        settings.OptionalWord(name) is { } text ? NativeOpt.Constraint.Parse(text) : null;

    /// <summary>Numbers, or null where there are none.</summary>
    public static IReadOnlyList<double>? OptionalNumbers(this ScheduleSettings settings, string name) =>
        settings.Contains(name) ? settings.Numbers(name) : null;

    private static int ToInt(string name, long value) => value is >= int.MinValue and <= int.MaxValue
        ? (int)value
        : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; it is too large."), name);
}
