using System.Text;
using System.Text.Json;
using NativeOpt.Cli.Commands;
using NativeOpt.Text;

namespace NativeOpt.Cli.Replay;

/// <summary>A file of the schema nativeopt-golden/1: expected values that another library computed.</summary>
internal sealed class GoldenFile
{
    /// <summary>What the field "schema" must be.</summary>
    public const string Schema = "nativeopt-golden/1";

    /// <summary>A JSON document takes other bytes as well, and fails when a text of them is asked for.</summary>
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly JsonElement? _problems;
    private readonly Dictionary<string, JsonElement> _cases = [];

    private GoldenFile(string path, JsonElement root)
    {
        Path = path;
        Check(root);
        _problems = root.TryGetProperty("problems", out JsonElement problems) ? problems : null;
        Cases = [.. root.GetProperty("cases").EnumerateArray().Select(ReadCase)];
    }

    /// <summary>As it was asked for.</summary>
    public string Path { get; }

    /// <summary>All cases in the order of the file.</summary>
    public IReadOnlyList<GoldenCase> Cases { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">It is not there, no JSON or of another schema; the message has path and position.</exception>
    public static GoldenFile Load(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(Utf8.GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF'), Strict);
            return new GoldenFile(path, document.RootElement.Clone());
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"{path}: there is no such file", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path} cannot be read: {(Directory.Exists(path) ? "it is a folder" : e.Message)}", e);
        }
        catch (DecoderFallbackException e)
        {
            throw new InputException($"{path}: byte {e.Index} begins something that is not UTF-8", e);
        }
        catch (JsonException e)
        {
            throw new InputException($"{path}: {MalformedJson.Position(e)}: this is not JSON: {MalformedJson.Reason(e)}", e);
        }
    }

    /// <summary>The fields of a case.</summary>
    public Fields ReadCase(string name) => new(_cases[name], "");

    /// <summary>An input that several cases share.</summary>
    /// <exception cref="ReplayException">There is none of this name.</exception>
    public Fields ReadProblem(string name) =>
        _problems is { ValueKind: JsonValueKind.Object } problems && problems.TryGetProperty(name, out JsonElement problem)
            ? new Fields(problem, $"problems.{name}")
            : throw new ReplayException($"the file has no problem '{name}'");

    private void Check(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new InputException($"{Path}: the file is {Fields.Describe(root)}; it must be an object with schema, file and cases");
        if (!root.TryGetProperty("schema", out JsonElement schema))
            throw new InputException($"{Path}: schema is missing; it must be \"{Schema}\"");
        if (schema.ValueKind != JsonValueKind.String || schema.GetString() != Schema)
            throw new InputException($"{Path}: schema is {Fields.Describe(schema)}; it must be \"{Schema}\"");
        if (!root.TryGetProperty("cases", out JsonElement cases) || cases.ValueKind != JsonValueKind.Array)
            throw new InputException($"{Path}: cases is missing; it must be a list of cases");
        if (cases.GetArrayLength() == 0)
            throw new InputException($"{Path}: cases is empty; there is nothing to replay");
    }

    private GoldenCase ReadCase(JsonElement json, int index)
    {
        string name = RequireText(json, index, "name"), kind = RequireText(json, index, "kind");
        return _cases.TryAdd(name, json)
            ? new GoldenCase(this, name, kind)
            : throw new InputException($"{Path}: cases[{index}] is called '{name}', as another case before it");
    }

    private string RequireText(JsonElement json, int index, string field) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(field, out JsonElement value)
        && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : throw new InputException($"{Path}: cases[{index}] has no {field}");
}
