using System.Globalization;
using System.Text.RegularExpressions;

namespace NativeOpt.Tests.Bindings;

/// <summary>
/// What nativeopt.h declares, found by a plain text scan: a second opinion on the generator's parser. It knows only the few forms
/// that the header uses and refuses text that has others.
/// </summary>
internal sealed partial class HeaderScan
{
    private HeaderScan(string code)
    {
        Enums = Enum().Matches(code).ToDictionary(m => m.Groups["name"].Value, m => Members(m.Groups["body"].Value));
        Structs = Struct().Matches(code).ToDictionary(m => m.Groups["name"].Value, m => Declarations(m.Groups["body"].Value, ';'));
        Functions = Function().Matches(code).ToDictionary(m => m.Groups["name"].Value, ReadFunction);
        Require(Enums.Count == Regex.Count(code, @"\benum\b"), "enumerations");
        Require(Structs.Count == Regex.Count(code, @"\bstruct\b"), "structs");
        Require(Functions.Count == Regex.Count(code, @"\("), "functions");
    }

    /// <summary>Enumerations: members and values in order.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<(string Name, int Value)>> Enums { get; }

    /// <summary>Structs: types and names of the fields in order.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<(string Type, string Name)>> Structs { get; }

    /// <summary>Functions: the type of the result, then types and names of the parameters.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<(string Type, string Name)>> Functions { get; }

    public static HeaderScan Of(string header) => new(Skipped().Replace(header, ""));

    private static IReadOnlyList<(string Name, int Value)> Members(string body) =>
        [.. Member().Matches(body).Select(m => (m.Groups["name"].Value, Number(m.Groups["value"].Value)))];

    private static IReadOnlyList<(string Type, string Name)> ReadFunction(Match function)
    {
        string parameters = function.Groups["parameters"].Value;
        return [(Squeeze(function.Groups["type"].Value), "return"), .. parameters == "void" ? [] : Declarations(parameters, ',')];
    }

    private static IReadOnlyList<(string Type, string Name)> Declarations(string text, char separator) =>
        [.. text.Split(separator).Where(part => !string.IsNullOrWhiteSpace(part)).Select(part =>
        {
            Match m = Declaration().Match(part.Trim());
            Require(m.Success, $"'{part.Trim()}'");
            return (Squeeze(m.Groups["type"].Value), m.Groups["name"].Value);
        })];

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The type without blanks and const, which C# has not.</summary>
    private static string Squeeze(string type) => Regex.Replace(type, @"\bconst\b|\s", "");

    private static void Require(bool condition, string what)
    {
        if (!condition) throw new FormatException($"The scan of the header does not understand all of its {what}.");
    }

    // Comments, directives with their continuation lines, and the brackets of extern "C".
    [GeneratedRegex(@"/\*[\s\S]*?\*/|^[ \t]*#(.*\\\r?\n)*.*$|^extern ""C"" \{|^\}\s*$", RegexOptions.Multiline)]
    private static partial Regex Skipped();

    [GeneratedRegex(@"\benum (?<name>\w+) \{(?<body>[^}]*)\}")]
    private static partial Regex Enum();

    [GeneratedRegex(@"(?<name>NOPT_\w+) = (?<value>-?\d+)")]
    private static partial Regex Member();

    [GeneratedRegex(@"\btypedef struct (?<name>\w+) \{(?<body>[^}]*)\} \k<name>;")]
    private static partial Regex Struct();

    [GeneratedRegex(@"\bNOPT_API (?<type>[\w\s*]+?)(?<name>nopt_\w+)\((?<parameters>[^)]*)\);")]
    private static partial Regex Function();

    [GeneratedRegex(@"^(?<type>[\w\s*]+?)(?<name>\w+)$")]
    private static partial Regex Declaration();
}
