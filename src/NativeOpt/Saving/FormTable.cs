using System.Collections.Concurrent;
using NativeOpt.Losses;
using NativeOpt.Text;

namespace NativeOpt.Saving;

/// <summary>All forms of one kind. In names, case, '_' and '-' do not matter.</summary>
/// <param name="kind">What messages call the objects, such as "layer".</param>
/// <param name="builtIn">Those of this library.</param>
internal sealed class FormTable<TBase>(string kind, params ObjectForm<TBase>[] builtIn) where TBase : class
{
    private readonly ConcurrentDictionary<string, ObjectForm<TBase>> _byName =
        new(builtIn.Select(form => KeyValuePair.Create(LossNames.KeyOf(form.Name), form)));

    private readonly ConcurrentDictionary<Type, ObjectForm<TBase>> _byType =
        new(builtIn.Select(form => KeyValuePair.Create(form.Type, form)));

    /// <summary>The form of a name, or null.</summary>
    public ObjectForm<TBase>? TryFind(string name) => _byName.GetValueOrDefault(LossNames.KeyOf(name));

    /// <summary>The form of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message has the nearest name.</exception>
    public ObjectForm<TBase> Find(string name) => TryFind(name) ?? throw new ArgumentException(
        NearestName.Explain(kind, name, [.. _byName.Values.Select(form => form.Name).Order(StringComparer.Ordinal)]), nameof(name));

    /// <summary>The form of an object, or null where its type has none.</summary>
    public ObjectForm<TBase>? Of(TBase item) => _byType.GetValueOrDefault(item.GetType());

    /// <summary>Whether objects of a type can be written down.</summary>
    public bool Has(Type type) => _byType.ContainsKey(type);

    /// <summary>Adds a form of the user's own.</summary>
    /// <exception cref="ArgumentException">
    /// Name or type is taken, or the name has other characters than letters, digits, '_' and '-'.
    /// </exception>
    public void Add(ObjectForm<TBase> form)
    {
        string name = form.Name;
        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
            throw new ArgumentException($"name is '{name}'; it may have letters, digits, '_' and '-' only.", nameof(form));
        if (!_byName.TryAdd(LossNames.KeyOf(name), form))
            throw new ArgumentException($"there is a {kind} '{TryFind(name)!.Name}' already", nameof(form));
        if (_byType.TryAdd(form.Type, form))
            return;
        _byName.TryRemove(LossNames.KeyOf(name), out _);
        throw new ArgumentException($"{form.Type.Name} is registered already, as '{_byType[form.Type].Name}'", nameof(form));
    }
}
