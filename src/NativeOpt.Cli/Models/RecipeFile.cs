using System.Text.Json;
using NativeOpt.Cli.Commands;
using NativeOpt.Text;

namespace NativeOpt.Cli.Models;

/// <summary>Reads a recipe as the options that it stands for, so that each setting is checked in one place.</summary>
internal static class RecipeFile
{
    /// <summary>The options as they would stand on the command line.</summary>
    /// <param name="path">The file.</param>
    /// <param name="argument">What named it, for messages: "--recipe is 'a.json'".</param>
    /// <param name="known">Names of options that a recipe may have: "--batch-size".</param>
    /// <exception cref="InputException">
    /// It cannot be read, is no recipe, or has an unknown name; the message has the nearest.
    /// </exception>
    public static string[] Read(string path, string argument, IReadOnlyList<string> known)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new InputException($"{argument}; it must be a JSON object with the settings of a training");
            string[] names = [.. known.Select(name => name[2..].Replace('-', '_'))];
            return [.. document.RootElement.EnumerateObject().SelectMany(field => ToArguments(field, argument, names))];
        }
        catch (JsonException e)
        {
            string reason = e.Message.Split(" LineNumber:")[0].TrimEnd('.');
            throw new InputException($"{argument}; it is no JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}: {reason}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{argument}; it cannot be read: {e.Message}", e);
        }
    }

    private static IEnumerable<string> ToArguments(JsonProperty field, string argument, string[] names)
    {
        if (field.Name == "format")
        {
            if (field.Value.ToString() != RecipeJson.Format)
                throw new InputException($"{argument}; format is '{field.Value}'; this version reads '{RecipeJson.Format}'");
            yield break;
        }
        string? name = names.FirstOrDefault(known => SettingsText.Normalize(known) == SettingsText.Normalize(field.Name));
        if (name is null)
            throw new InputException($"{argument}; {NearestName.Explain("setting", field.Name, names)}");
        if (TextOf(field, argument, name) is { } text)
            yield return $"--{name.Replace('_', '-')}={text}";
    }

    private static string? TextOf(JsonProperty field, string argument, string name) => field.Value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => field.Value.GetString(),
        JsonValueKind.Number => field.Value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Array when name == "layers" => field.Value.GetRawText(),
        JsonValueKind.Array when field.Value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String or JsonValueKind.Number) =>
            field.Value.GetArrayLength() == 0 ? null : string.Join(',', field.Value.EnumerateArray().Select(item => item.ToString())),
        _ => throw new InputException(
            $"{argument}; {field.Name} is {field.Value.GetRawText()}; it must be a text, a number, true, false, or a list of them"),
    };
}
