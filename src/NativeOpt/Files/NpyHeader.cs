using System.Globalization;
using System.Text.RegularExpressions;

namespace NativeOpt.Files;

/// <summary>What the header of an .npy file says: a dictionary as Python writes it, with the three entries in any order.</summary>
internal sealed partial record NpyHeader(TensorType Type, bool IsBigEndian, bool IsFortran, int[] Shape)
{
    private const int MaxAxes = 64;

    /// <summary>Bytes of an element.</summary>
    public int ItemBytes => TensorTypes.SizeOf(Type);

    /// <summary>The header of a text, or null where it is none of an array of numbers.</summary>
    public static NpyHeader? Parse(string text)
    {
        Match type = DescrPattern().Match(text), order = OrderPattern().Match(text), shape = ShapePattern().Match(text);
        if (!type.Success || !order.Success || !shape.Success)
            return null;
        string[] sizes = shape.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        int[] parsed = new int[sizes.Length];
        for (int i = 0; i < sizes.Length; i++)
            if (!int.TryParse(sizes[i], NumberStyles.None, CultureInfo.InvariantCulture, out parsed[i]))
                return null;
        return sizes.Length <= MaxAxes && TensorTypes.FromNumpy(type.Groups[2].Value) is { } known
            ? new NpyHeader(known, type.Groups[1].Value == ">", order.Groups[1].Value == "True", parsed)
            : null;
    }

    [GeneratedRegex("""['"]descr['"]\s*:\s*['"]([<>|=])([a-z]\d{1,2})['"]""", RegexOptions.CultureInvariant)]
    private static partial Regex DescrPattern();

    [GeneratedRegex("""['"]fortran_order['"]\s*:\s*(True|False)""", RegexOptions.CultureInvariant)]
    private static partial Regex OrderPattern();

    [GeneratedRegex("""['"]shape['"]\s*:\s*\(([\d\s,]*)\)""", RegexOptions.CultureInvariant)]
    private static partial Regex ShapePattern();
}
