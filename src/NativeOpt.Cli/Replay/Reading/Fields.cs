using System.Globalization;
using System.Text.Json;
using NativeOpt.Text;

namespace NativeOpt.Cli.Replay;

/// <summary>
/// The fields of a JSON object, and which of them have been asked for: what nobody has asked for has not been checked, and
/// <see cref="Unread"/> says so.
/// </summary>
internal sealed class Fields
{
    private readonly JsonElement _json;
    private readonly HashSet<string> _asked = [];
    private readonly Dictionary<string, Fields> _children = [];

    /// <summary>Wraps an object.</summary>
    /// <param name="json">The object.</param>
    /// <param name="path">What messages call it, such as "expected.weights"; empty for the case itself.</param>
    /// <exception cref="ReplayException">It is something else.</exception>
    public Fields(JsonElement json, string path)
    {
        (_json, Path) = (json, path);
        if (json.ValueKind != JsonValueKind.Object)
            throw new ReplayException($"{path} is {Describe(json)}; it must be an object");
    }

    /// <summary>Where the object is in its case.</summary>
    public string Path { get; }

    /// <summary>Names of all fields, in the order of the file.</summary>
    public IEnumerable<string> Names => _json.EnumerateObject().Select(property => property.Name);

    /// <summary>Paths of the fields that nobody has asked for, with those of the objects inside.</summary>
    public IEnumerable<string> Unread => Names
        .Where(name => !_asked.Contains(name)).Select(PathOf)
        .Concat(_children.Values.SelectMany(child => child.Unread));

    /// <summary>The nearest of the names that were asked for; a guess at what an unknown one should have been.</summary>
    public string? NearestAsked(string name) => NearestName.Find(name, _asked.Where(asked => !Names.Contains(asked)));

    /// <summary>Whether a field is there and not null. Counts as asking for it.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>A field, or nothing where it is absent or null.</summary>
    public JsonElement? Find(string name)
    {
        _asked.Add(name);
        return _json.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    /// <summary>Whether a field is there, be it null.</summary>
    public bool Contains(string name)
    {
        _asked.Add(name);
        return _json.TryGetProperty(name, out _);
    }

    /// <summary>Notes for people that change nothing.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
            _asked.Add(name);
    }

    /// <summary>A field that must be there.</summary>
    public JsonElement Get(string name) => Find(name) ?? throw new ReplayException($"{PathOf(name)} is missing");

    /// <summary>An object inside; its fields are watched too.</summary>
    public Fields Object(string name)
    {
        JsonElement value = Get(name);
        if (!_children.TryGetValue(name, out Fields? child))
            _children[name] = child = new Fields(value, PathOf(name));
        return child;
    }

    /// <summary>An object inside, or null.</summary>
    public Fields? FindObject(string name) => Has(name) ? Object(name) : null;

    /// <summary>The objects of a list.</summary>
    public Fields[] Objects(string name) =>
        [.. Items(name).Select((item, index) => _children[$"{name}[{index}]"] = new Fields(item, $"{PathOf(name)}[{index}]"))];

    public string Text(string name) => AsText(Get(name), PathOf(name));

    public string Text(string name, string missing) => Find(name) is { } value ? AsText(value, PathOf(name)) : missing;

    public double Number(string name) => AsNumber(Get(name), PathOf(name));

    public double Number(string name, double missing) => Find(name) is { } value ? AsNumber(value, PathOf(name)) : missing;

    public double? OptionalNumber(string name) => Find(name) is { } value ? AsNumber(value, PathOf(name)) : null;

    public long Whole(string name) => AsWhole(Get(name), PathOf(name));

    public long Whole(string name, long missing) => Find(name) is { } value ? AsWhole(value, PathOf(name)) : missing;

    public long? OptionalWhole(string name) => Find(name) is { } value ? AsWhole(value, PathOf(name)) : null;

    public bool Flag(string name, bool missing) => Find(name) is { } value ? AsFlag(value, PathOf(name)) : missing;

    /// <summary>Numbers; those of nested lists row after row.</summary>
    public double[] Numbers(string name) => NumbersOf(Get(name), PathOf(name));

    /// <summary>Whole numbers of a plain list.</summary>
    public long[] Wholes(string name) => [.. Items(name).Select((item, index) => AsWhole(item, $"{PathOf(name)}[{index}]"))];

    /// <summary>Labels, sizes and the like.</summary>
    public int[] Integers(string name) => [.. Wholes(name).Select((value, index) => value is >= int.MinValue and <= int.MaxValue
        ? (int)value : throw new ReplayException($"{PathOf(name)}[{index}] is {value}; that is too large"))];

    /// <summary>The elements of a list.</summary>
    public IEnumerable<JsonElement> Items(string name)
    {
        JsonElement list = Get(name);
        return list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : throw new ReplayException($"{PathOf(name)} is {Describe(list)}; it must be a list");
    }

    /// <summary>A matrix; a plain list is one row.</summary>
    public Grid Grid(string name) => Replay.Grid.Read(Get(name), PathOf(name));

    /// <summary>The path of a field.</summary>
    public string PathOf(string name) => Path.Length == 0 ? name : $"{Path}.{name}";

    /// <summary>Numbers of a list, nested ones row after row; a number alone is a list of one.</summary>
    public static double[] NumbersOf(JsonElement value, string path)
    {
        var numbers = new List<double>();
        Collect(value, path, numbers);
        return [.. numbers];
    }

    /// <summary>A number; JSON has none that is not finite, so "inf", "-inf" and "nan" stand for those.</summary>
    public static double AsNumber(JsonElement value, string path) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String => value.GetString()!.ToUpperInvariant() switch
        {
            "INF" or "INFINITY" or "+INF" => double.PositiveInfinity,
            "-INF" or "-INFINITY" => double.NegativeInfinity,
            "NAN" => double.NaN,
            _ => throw new ReplayException($"{path} is {Describe(value)}; it must be a number"),
        },
        _ => throw new ReplayException($"{path} is {Describe(value)}; it must be a number"),
    };

    /// <summary>What a value is, for messages: '"word"', "a list".</summary>
    public static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => value.GetRawText(),
    };

    private static void Collect(JsonElement value, string path, List<double> numbers)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            numbers.Add(AsNumber(value, path));
            return;
        }
        int index = 0;
        foreach (JsonElement item in value.EnumerateArray())
            Collect(item, $"{path}[{index++}]", numbers);
    }

    private static string AsText(JsonElement value, string path) => value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : throw new ReplayException($"{path} is {Describe(value)}; it must be a text");

    private static bool AsFlag(JsonElement value, string path) => value.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? value.GetBoolean()
        : throw new ReplayException($"{path} is {Describe(value)}; it must be true or false");

    // Python writes 1e6 and 5.0 for numbers that are whole.
    private static long AsWhole(JsonElement value, string path)
    {
        double number = AsNumber(value, path);
        return number == Math.Floor(number) && Math.Abs(number) < 1L << 53
            ? (long)number
            : throw new ReplayException(string.Create(CultureInfo.InvariantCulture, $"{path} is {number}; it must be a whole number"));
    }
}
