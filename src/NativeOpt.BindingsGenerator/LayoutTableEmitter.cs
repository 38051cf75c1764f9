using System.Globalization;
using System.Text;

namespace NativeOpt.BindingsGenerator;

/// <summary>
/// Writes layout_table.g.inc: one macro call for each struct and each field of the header, from which the library builds the
/// table behind nopt_layout_get.
/// </summary>
internal static class LayoutTableEmitter
{
    /// <summary>The whole file.</summary>
    public static string Emit(HeaderModel header, Origin origin)
    {
        var output = new StringBuilder();
        output.Append(CultureInfo.InvariantCulture, $"// Written by NativeOpt.BindingsGenerator from {origin.HeaderPath}. Do not edit.\n");
        output.Append(CultureInfo.InvariantCulture, $"// Header SHA-256: {origin.HeaderSha256}\n");
        foreach (StructModel s in header.Structs)
        {
            output.Append(CultureInfo.InvariantCulture, $"NOPT_LAYOUT_STRUCT({s.Name})\n");
            foreach (FieldModel field in s.Fields)
                output.Append(CultureInfo.InvariantCulture, $"NOPT_LAYOUT_FIELD({s.Name}, {field.Name})\n");
        }
        return output.ToString();
    }
}
