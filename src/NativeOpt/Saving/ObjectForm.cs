using NativeOpt.Text;

namespace NativeOpt.Saving;

/// <summary>How objects of one type are written down as a name with settings, and read again.</summary>
/// <typeparam name="TBase">Kind of the objects: layers, losses, metrics.</typeparam>
internal sealed class ObjectForm<TBase> where TBase : class
{
    private readonly Func<ScheduleSettings, TBase> _read;
    private readonly Func<TBase, ScheduleSettings> _write;

    private ObjectForm(string name, Type type, Func<ScheduleSettings, TBase> read, Func<TBase, ScheduleSettings> write) =>
        (Name, Type, _read, _write) = (name, type, read, write);

    /// <summary>The name, such as "dense".</summary>
    public string Name { get; }

    /// <summary>The type whose objects are written under the name.</summary>
    public Type Type { get; }

    /// <summary>A form.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="read">Makes an object of settings.</param>
    /// <param name="write">The settings of an object; those at their defaults may be left out.</param>
    public static ObjectForm<TBase> Create<TObject>(
        string name, Func<ScheduleSettings, TObject> read, Func<TObject, ScheduleSettings> write) where TObject : class, TBase =>
        new(name, typeof(TObject), read, item => write((TObject)(object)item));

    /// <summary>The settings of an object of the type.</summary>
    public ScheduleSettings Write(TBase item) => _write(item);

    /// <summary>The object with these settings.</summary>
    /// <exception cref="ArgumentException">A setting is unknown, missing or outside its range.</exception>
    public TBase Read(ScheduleSettings settings)
    {
        TBase item = ArgumentFailure.Rename(() => _read(settings), nameof(settings))
            ?? throw new InvalidOperationException($"'{Name}' was read as null");
        settings.RequireAllAsked(Name);
        return item;
    }
}
