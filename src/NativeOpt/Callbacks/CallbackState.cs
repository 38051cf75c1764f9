using NativeOpt.Text;

namespace NativeOpt;

/// <summary>
/// What a callback knows, for a checkpoint: numbers and blocks of bytes by name. <see cref="Callback.SaveState"/> fills it,
/// <see cref="Callback.LoadState"/> reads it.
/// </summary>
public sealed class CallbackState
{
    private readonly SortedDictionary<string, double> _numbers = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, byte[]> _blocks = new(StringComparer.Ordinal);

    internal CallbackState(string type) => Type = type;

    /// <summary>Name of the class of the callback that it is of.</summary>
    public string Type { get; }

    /// <summary>The numbers.</summary>
    public IReadOnlyDictionary<string, double> Numbers => _numbers;

    /// <summary>The blocks of bytes.</summary>
    public IReadOnlyDictionary<string, byte[]> Blocks => _blocks;

    /// <summary>A number by name; whole ones are exact up to 2^53.</summary>
    /// <exception cref="KeyNotFoundException">Reading: there is none of that name.</exception>
    public double this[string name]
    {
        get => _numbers.TryGetValue(name, out double value)
            ? value
            : throw new KeyNotFoundException(NearestName.Explain($"number of {Type}", name, _numbers.Keys));
        set => _numbers[name] = value;
    }

    /// <summary>A number, or null where there is none of that name.</summary>
    public double? Find(string name) => _numbers.TryGetValue(name, out double value) ? value : null;

    /// <summary>A block of bytes, or null where there is none of that name.</summary>
    public byte[]? FindBlock(string name) => _blocks.GetValueOrDefault(name);

    /// <summary>Adds a block of bytes, or puts it in the place of the one of that name; the bytes are taken over, not copied.</summary>
    public void SetBlock(string name, byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(bytes);
        _blocks[name] = bytes;
    }
}
