using System.Text;
using NativeOpt.Schedules;

namespace NativeOpt;

// Schedules as text and as settings, and back.
public abstract partial record Schedule
{
    /// <summary>Names that <see cref="Parse"/> and <see cref="FromSettings"/> know, such as cosine_decay and one_cycle_lr.</summary>
    public static IReadOnlyCollection<string> KnownNames => ScheduleForms.Names;

    /// <summary>
    /// Reads a schedule, such as "cosine_decay(initial_learning_rate=1e-3, decay_steps=1000)". Names and settings are those of Keras
    /// or PyTorch; case and underscores do not matter, "lr" is short for the initial rate. Composed ones:
    /// "sequential(schedules=[linear_lr(lr=0.1), step_lr(lr=0.1, step_size=30)], milestones=[5])".
    /// </summary>
    /// <exception cref="ArgumentException">
    /// A name or setting is unknown (the message suggests the nearest), is missing, is given twice, or has a value that cannot be used.
    /// </exception>
    public static Schedule Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return ScheduleTextReader.ReadSchedule(text);
    }

    /// <summary>The schedule of a name with settings, as <see cref="GetSettings"/> gives them.</summary>
    /// <param name="name">One of <see cref="KnownNames"/>.</param>
    /// <param name="settings">Those that have defaults may be absent.</param>
    /// <exception cref="ArgumentException">The name or a setting is unknown, missing or outside its range.</exception>
    public static Schedule FromSettings(string name, ScheduleSettings settings)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(settings);
        return ScheduleForms.Find(name).Read(settings);
    }

    /// <summary>Gives schedules of your own a name, so that they can be parsed, printed and saved. Once for a type in a process.</summary>
    /// <param name="name">A new name.</param>
    /// <param name="read">Makes a schedule of settings; settings it does not ask for are refused.</param>
    /// <param name="write">The settings of a schedule.</param>
    /// <exception cref="ArgumentException">The name is empty, has characters other than letters, digits, '_' and '-', or is taken.</exception>
    public static void Register<TSchedule>(
        string name, Func<ScheduleSettings, TSchedule> read, Func<TSchedule, ScheduleSettings> write) where TSchedule : Schedule
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(write);
        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
            throw new ArgumentException($"name is '{name}'; it may have letters, digits, '_' and '-' only.", nameof(name));
        ScheduleForms.Add(ScheduleForm.Create(name, read, write));
    }

    /// <summary>Name in text, such as "cosine_decay"; null for a type that has none, see <see cref="Register"/>.</summary>
    public string? RegisteredName => ScheduleForms.Of(this)?.Name;

    /// <summary>The settings that differ from their defaults, and those without a default.</summary>
    /// <exception cref="NotSupportedException">The type has no name, or holds functions: it cannot be written down.</exception>
    public ScheduleSettings GetSettings() => (ScheduleForms.Of(this) ?? throw new NotSupportedException(
        $"{GetType().Name} has no name that it could be written down under; Schedule.Register gives it one.")).Write(this);

    /// <summary>As <see cref="Parse"/> reads it; a schedule without a name as records are printed, which cannot be read.</summary>
    public sealed override string ToString()
    {
        if (ScheduleForms.Of(this) is { } form)
            return $"{form.Name}({form.Write(this)})";
        var text = new StringBuilder(GetType().Name).Append(" { ");
        return (PrintMembers(text) ? text.Append(' ') : text).Append('}').ToString();
    }

    /// <summary>Nothing of this class belongs to what a record prints of itself.</summary>
    protected virtual bool PrintMembers(StringBuilder builder) => false;
}
