using NativeOpt.Text;

namespace NativeOpt.Schedules;

/// <summary>How schedules of one type are written as a name and settings, and read again.</summary>
internal sealed class ScheduleForm
{
    private readonly Func<ScheduleSettings, Schedule> _read;
    private readonly Func<Schedule, ScheduleSettings>? _write;
    private readonly (string Short, string Long)[] _aliases;

    private ScheduleForm(string name, Type? type, Func<ScheduleSettings, Schedule> read, Func<Schedule, ScheduleSettings>? write,
        (string, string)[] aliases) => (Name, Type, _read, _write, _aliases) = (name, type, read, write, aliases);

    /// <summary>As text has it, such as "cosine_decay".</summary>
    public string Name { get; }

    /// <summary>What is written under this name; null where another name stands for the same type.</summary>
    public Type? Type { get; }

    /// <summary>A form that is read and written.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="read">Makes a schedule of settings.</param>
    /// <param name="write">Its settings; those at their defaults may be left out.</param>
    /// <param name="aliases">Other names of settings.</param>
    public static ScheduleForm Create<TSchedule>(string name, Func<ScheduleSettings, TSchedule> read,
        Func<TSchedule, ScheduleSettings> write, params (string Short, string Long)[] aliases) where TSchedule : Schedule =>
        new(name, typeof(TSchedule), read, schedule => write((TSchedule)schedule), aliases);

    /// <summary>Another name and other settings for a type that has a form already.</summary>
    public static ScheduleForm ReadOnly(string name, Func<ScheduleSettings, Schedule> read, params (string Short, string Long)[] aliases) =>
        new(name, null, read, null, aliases);

    /// <summary>The settings of a schedule of this type.</summary>
    public ScheduleSettings Write(Schedule schedule) => _write!(schedule);

    /// <summary>The schedule with these settings.</summary>
    /// <exception cref="ArgumentException">A setting is unknown, missing or outside its range.</exception>
    public Schedule Read(ScheduleSettings settings)
    {
        Schedule schedule;
        try
        {
            schedule = _read(settings);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"{Name}: {ArgumentFailure.Sentence(e)}", e);
        }
        settings.RequireAllAsked(Name);
        return schedule;
    }

    /// <summary>The full name of a setting.</summary>
    public string ExpandAlias(string setting) =>
        Array.Find(_aliases, alias => ScheduleForms.Normalize(alias.Short) == ScheduleForms.Normalize(setting)).Long ?? setting;
}
