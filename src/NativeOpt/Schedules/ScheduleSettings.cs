using System.Collections;
using System.Globalization;
using NativeOpt.Schedules;
using NativeOpt.Text;

namespace NativeOpt;

/// <summary>
/// The settings of a <see cref="Schedule"/> or a <see cref="Layer"/> by name, for text and files: numbers (double), whole numbers
/// (long), true or false, words, schedules, and lists of those. Names are those of Keras or PyTorch, such as "decay_steps" or "T_max";
/// case, '_' and '-' do not matter.
/// </summary>
public sealed class ScheduleSettings
{
    private readonly List<KeyValuePair<string, object?>> _values = [];
    private readonly List<string> _asked = [];

    /// <summary>The names, in the order they were set.</summary>
    public IReadOnlyList<string> Names => [.. _values.Select(pair => pair.Key)];

    /// <summary>A setting. Setting one anew replaces it.</summary>
    /// <exception cref="KeyNotFoundException">Reading: there is none of this name.</exception>
    public object? this[string name]
    {
        get => TryGetValue(name, out object? value) ? value : throw new KeyNotFoundException($"there is no setting '{name}'");
        set
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(name);
            int index = IndexOf(name);
            if (index < 0)
                _values.Add(new(name, value));
            else
                _values[index] = new(_values[index].Key, value);
        }
    }

    /// <summary>Whether there is a setting of this name.</summary>
    public bool Contains(string name) => IndexOf(name) >= 0;

    /// <summary>Gets a setting of any kind; false where there is none.</summary>
    public bool TryGetValue(string name, out object? value)
    {
        int index = IndexOf(name);
        value = index < 0 ? null : _values[index].Value;
        return index >= 0;
    }

    /// <summary>A number that must be there.</summary>
    /// <exception cref="ArgumentException">It is missing or no number.</exception>
    public double Number(string name) => AsNumber(name, Require(name));

    /// <summary>A number, or <paramref name="missing"/> where there is none.</summary>
    /// <exception cref="ArgumentException">It is no number.</exception>
    public double Number(string name, double missing) => Find(name) is { } value ? AsNumber(name, value) : missing;

    /// <summary>A number, or null where there is none.</summary>
    /// <exception cref="ArgumentException">It is no number.</exception>
    public double? OptionalNumber(string name) => Find(name) is { } value ? AsNumber(name, value) : null;

    /// <summary>A whole number that must be there.</summary>
    /// <exception cref="ArgumentException">It is missing or no whole number.</exception>
    public long Whole(string name) => AsWhole(name, Require(name));

    /// <summary>A whole number, or <paramref name="missing"/> where there is none.</summary>
    /// <exception cref="ArgumentException">It is no whole number.</exception>
    public long Whole(string name, long missing) => Find(name) is { } value ? AsWhole(name, value) : missing;

    /// <summary>A whole number, or null where there is none.</summary>
    /// <exception cref="ArgumentException">It is no whole number.</exception>
    public long? OptionalWhole(string name) => Find(name) is { } value ? AsWhole(name, value) : null;

    /// <summary>True or false; false where there is neither.</summary>
    /// <exception cref="ArgumentException">It is something else.</exception>
    public bool Flag(string name) => Find(name) is { } value ? value as bool? ?? throw Fail(name, value, "true or false") : false;

    /// <summary>True or false, or <paramref name="missing"/> where there is neither.</summary>
    /// <exception cref="ArgumentException">It is something else.</exception>
    public bool Flag(string name, bool missing) =>
        Find(name) is { } value ? value as bool? ?? throw Fail(name, value, "true or false") : missing;

    /// <summary>A word or a text, or null where there is none.</summary>
    /// <exception cref="ArgumentException">It is something else.</exception>
    public string? OptionalWord(string name) =>
        Find(name) is { } value ? value as string ?? throw Fail(name, value, "a text") : null;

    /// <summary>A member of an enumeration, or <paramref name="missing"/> where there is none.</summary>
    /// <exception cref="ArgumentException">There is no such member.</exception>
    public TEnum Choice<TEnum>(string name, TEnum missing) where TEnum : struct, Enum
    {
        if (Find(name) is not { } value)
            return missing;
        foreach (TEnum choice in Enum.GetValues<TEnum>())
            if (value is TEnum given ? given.Equals(choice) : value is string text && Normalize(choice.ToString()) == Normalize(text))
                return choice;
        throw Fail(name, value, string.Join(" or ", Enum.GetNames<TEnum>()).ToLowerInvariant());
    }

    /// <summary>A list of numbers that must be there.</summary>
    /// <exception cref="ArgumentException">It is missing or something else.</exception>
    public IReadOnlyList<double> Numbers(string name) => [.. Items(name).Select(item => AsNumber(name, item))];

    /// <summary>A list of whole numbers that must be there.</summary>
    /// <exception cref="ArgumentException">It is missing or something else.</exception>
    public IReadOnlyList<long> Wholes(string name) => [.. Items(name).Select(item => AsWhole(name, item))];

    /// <summary>A schedule that must be there.</summary>
    /// <exception cref="ArgumentException">It is missing or something else.</exception>
    public Schedule Schedule(string name)
    {
        object value = Require(name);
        return value as Schedule ?? throw Fail(name, value, "a schedule");
    }

    /// <summary>A list of schedules that must be there.</summary>
    /// <exception cref="ArgumentException">It is missing or something else.</exception>
    public IReadOnlyList<Schedule> Schedules(string name) =>
        [.. Items(name).Select(item => item as Schedule ?? throw Fail(name, item, "a list of schedules"))];

    /// <summary>"initial_learning_rate=0.1, decay_steps=1000", as <see cref="NativeOpt.Schedule.Parse"/> reads it.</summary>
    public override string ToString() => string.Join(", ", _values.Select(pair => $"{pair.Key}={SettingValue.Write(pair.Value)}"));

    /// <summary>Adds a setting unless it has the value it has anyway.</summary>
    internal ScheduleSettings With(string name, object? value, object? missing = null)
    {
        if (!Equals(value, missing))
            this[name] = value;
        return this;
    }

    /// <summary>After a schedule was read: refuses settings that it did not ask for.</summary>
    /// <exception cref="ArgumentException">There is one; the message has the nearest name.</exception>
    internal void RequireAllAsked(string schedule)
    {
        foreach (string name in Names)
            if (!_asked.Exists(asked => Normalize(asked) == Normalize(name)))
                throw new ArgumentException(NearestName.Explain($"setting of {schedule}", name, _asked));
    }

    private object? Find(string name)
    {
        if (!_asked.Contains(name))
            _asked.Add(name);
        return TryGetValue(name, out object? value) ? value : null;
    }

    private object Require(string name) => Find(name) ?? throw new ArgumentException($"{name} is missing.", name);

    private IEnumerable<object?> Items(string name) => Require(name) switch
    {
        string text => throw Fail(name, text, "a list such as [10, 20]"),
        IEnumerable list => list.Cast<object?>(),
        object other => throw Fail(name, other, "a list such as [10, 20]"),
    };

    private int IndexOf(string name) => _values.FindIndex(pair => Normalize(pair.Key) == Normalize(name));

    private static string Normalize(string name) => ScheduleForms.Normalize(name);

    private static double AsNumber(string name, object? value) => value switch
    {
        double number => number,
        long or int or float => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        _ => throw Fail(name, value, "a number such as 0.9 or 1e-7"),
    };

    // "1e4" and 1000.0 are whole numbers that somebody has written as if they were not.
    private static long AsWhole(string name, object? value) => value switch
    {
        long or int => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        double number when number == Math.Floor(number) && Math.Abs(number) < 1L << 53 => (long)number,
        _ => throw Fail(name, value, "a whole number"),
    };

    private static ArgumentException Fail(string name, object? value, string wanted) =>
        new($"{name} is {SettingValue.Write(value)}; it must be {wanted}.", name);
}
