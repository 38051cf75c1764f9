using System.Text.Json;

namespace NativeOpt.Tests.Golden;

/// <summary>A file of tests/golden: expected values that other libraries computed.</summary>
internal sealed class GoldenFile
{
    private readonly JsonElement _root;
    private readonly Dictionary<string, GoldenCase> _cases;

    private GoldenFile(JsonElement root)
    {
        _root = root;
        _cases = root.GetProperty("cases").EnumerateArray().Select(json => new GoldenCase(json)).ToDictionary(item => item.Name);
    }

    /// <summary>Reads a file such as "layers.json".</summary>
    public static GoldenFile Load(string file)
    {
        using FileStream stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "golden", file));
        using JsonDocument document = JsonDocument.Parse(stream);
        return new GoldenFile(document.RootElement.Clone());
    }

    /// <summary>All cases in the order of the file.</summary>
    public IReadOnlyCollection<GoldenCase> Cases => _cases.Values;

    /// <summary>A case by name; a name that is not there fails the test.</summary>
    public GoldenCase this[string name] =>
        _cases.TryGetValue(name, out GoldenCase? found) ? found : throw new KeyNotFoundException($"no golden case '{name}'");

    /// <summary>An input that several cases share.</summary>
    public GoldenCase Problem(string name) => new(_root.GetProperty("problems").GetProperty(name), name);
}
