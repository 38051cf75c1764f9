namespace NativeOpt.Schedules;

/// <summary>Range checks of step counts and lists; each message names the property, the value and the limit.</summary>
internal static class RequireSteps
{
    public static long AtLeastOne(long value, string name) =>
        value >= 1 ? value : throw new ArgumentOutOfRangeException(name, $"{name} is {value}; it must be at least 1.");

    public static long NotNegative(long value, string name) =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(name, $"{name} is {value}; it must not be negative.");

    /// <summary>Each greater than the one before, the first at least 1.</summary>
    public static ValueList<long> Ascending(IEnumerable<long> values, string name)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        var list = new ValueList<long>(values);
        long previous = 0;
        foreach (long value in list)
        {
            if (value <= previous)
                throw new ArgumentException($"{name} has {value} after {previous}; they must be greater than 0 and ascend.", name);
            previous = value;
        }
        return list;
    }

    /// <summary>A copy without null, not empty.</summary>
    public static ValueList<Schedule> Schedules(IEnumerable<Schedule> values, string name)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        var list = new ValueList<Schedule>(values);
        if (list.Count == 0)
            throw new ArgumentException($"{name} is empty; it must have at least one schedule.", name);
        foreach (Schedule value in list)
            ArgumentNullException.ThrowIfNull(value, name);
        return list;
    }
}
