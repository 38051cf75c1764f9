using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using NativeOpt.Interop;

namespace NativeOpt.Tests.Bindings;

/// <summary>Compares the compiled bindings with a header, in both directions, by names, order, types and values.</summary>
internal static partial class BindingDifferences
{
    private static readonly Dictionary<Type, string> CTypes = new()
    {
        [typeof(void)] = "void", [typeof(byte)] = "char", [typeof(double)] = "double", [typeof(int)] = "int32_t",
        [typeof(uint)] = "uint32_t", [typeof(long)] = "int64_t", [typeof(ulong)] = "uint64_t",
    };

    /// <summary>One sentence for each difference; none if the bindings are those of the header.</summary>
    public static List<string> Find(string header)
    {
        HeaderScan scan = HeaderScan.Of(header);
        var found = new List<string>();
        Compare(found, "enums", scan.Enums.Select(e => Normal(e.Key)), GeneratedTypes.Enums.Select(t => Normal(t.Name)));
        Compare(found, "structs", scan.Structs.Select(s => Normal(s.Key)), GeneratedTypes.Structs.Select(t => Normal(t.Name)));
        Compare(found, "functions", scan.Functions.Keys, GeneratedTypes.Functions.Select(f => f.Name));
        foreach ((string name, var members) in scan.Enums)
            Compare(found, name, members.Select(Member), GeneratedTypes.Find(name) is { } type ? Members(type, members) : []);
        foreach ((string name, var fields) in scan.Structs)
            Compare(found, name, fields.Select(Declaration), GeneratedTypes.Find(name)?.GetFields().Select(Declaration) ?? []);
        foreach ((string name, var parameters) in scan.Functions)
        {
            IEnumerable<MethodInfo> imports = GeneratedTypes.Functions.Where(f => f.Name == name);
            Compare(found, name, parameters.Select(Declaration), imports.SelectMany(Signature));
        }
        string version = AbiVersion().Match(header).Groups["value"].Value;
        Compare(found, "NOPT_ABI_VERSION", [version], [NativeMethods.AbiVersion.ToString(CultureInfo.InvariantCulture)]);
        return found;
    }

    private static void Compare(List<string> found, string what, IEnumerable<string> header, IEnumerable<string> bindings)
    {
        string expected = string.Join(", ", header);
        string actual = string.Join(", ", bindings);
        if (expected != actual) found.Add($"{what}: the header has [{expected}], the bindings have [{actual}]");
    }

    private static string Member((string Name, int Value) member) => $"{Normal(member.Name)} = {member.Value}";

    /// <summary>C#'s members leave out the prefix they share; it is put back from the header's member in the same place.</summary>
    private static IEnumerable<string> Members(Type type, IReadOnlyList<(string Name, int Value)> header) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Select((field, i) =>
        {
            string full = i < header.Count ? Normal(header[i].Name) : "";
            string name = Normal(field.Name);
            return $"{(full.EndsWith(name, StringComparison.Ordinal) ? full : name)} = {(int)field.GetRawConstantValue()!}";
        });

    private static string Declaration((string Type, string Name) d) => $"{Normal(MapAlias(d.Type))} {Normal(d.Name)}";

    private static string Declaration(FieldInfo field) => $"{CType(field.FieldType)} {Normal(field.Name)}";

    private static IEnumerable<string> Signature(MethodInfo method) =>
        [$"{CType(method.ReturnType)} return", .. method.GetParameters().Select(p => $"{CType(p.ParameterType)} {Normal(p.Name!)}")];

    private static string CType(Type type) =>
        type.IsPointer ? CType(type.GetElementType()!) + "*" : Normal(CTypes.GetValueOrDefault(type, type.Name));

    private static string MapAlias(string cType) => cType == "nopt_status" ? "int32_t" : cType;

    /// <summary>Without underscores and case: <c>struct_size</c> and <c>StructSize</c> are one name.</summary>
    private static string Normal(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    [GeneratedRegex(@"#define NOPT_ABI_VERSION (?<value>\d+)")]
    private static partial Regex AbiVersion();
}
