using System.Globalization;
using System.Text.RegularExpressions;
using CppSharp.AST;

namespace NativeOpt.BindingsGenerator;

/// <summary>
/// Reads the macros that are constants. Clang attaches neither lines nor comments to macros, so both are looked up in the text.
/// </summary>
internal static class MacroReader
{
    private const string ExportMacro = Names.MacroPrefix + "API";

    // The documentation comment that ends in the line above, if there is one, and the directive up to the macro's name.
    private const string Comment = @"(?<doc>/\*\*((?!\*/)[\s\S])*\*/[ \t]*\n)?[ \t]*#[ \t]*define[ \t]+";

    /// <summary>The constants among <paramref name="macros"/>.</summary>
    public static IReadOnlyList<ConstantModel> Read(IEnumerable<MacroDefinition> macros, string text) =>
        [.. macros.Where(macro => !IsPlumbing(macro)).Select(macro => ReadOne(macro, text))];

    /// <summary>The mark of exported functions, and the include guard, which stands for nothing.</summary>
    private static bool IsPlumbing(MacroDefinition macro) => macro.Name == ExportMacro || string.IsNullOrWhiteSpace(macro.Expression);

    private static ConstantModel ReadOne(MacroDefinition macro, string text)
    {
        Match found = Regex.Match(text, Comment + Regex.Escape(macro.Name) + @"\b");
        int line = text.AsSpan(0, found.Index + found.Length).Count('\n') + 1;
        bool isOurs = macro.Name.StartsWith(Names.MacroPrefix, StringComparison.Ordinal);
        bool isNumber = uint.TryParse(macro.Expression, NumberStyles.None, CultureInfo.InvariantCulture, out uint value);
        UnsupportedConstructException.ThrowIf(!isOurs, line, $"macro '{macro.Name}' does not begin with {Names.MacroPrefix}");
        UnsupportedConstructException.ThrowIf(!isNumber, line, $"macro '{macro.Name}' = '{macro.Expression}' is not a decimal integer");
        return new ConstantModel(macro.Name, value, DocComment.Parse(found.Groups["doc"].Value));
    }
}
