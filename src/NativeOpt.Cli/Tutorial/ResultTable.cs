using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace NativeOpt.Cli.Tutorial;

/// <summary>Results as rows, for results.json and for a CSV file of the same names.</summary>
/// <param name="Columns">Names in snake case.</param>
/// <param name="Rows">Texts, numbers and flags, as many as there are columns.</param>
internal sealed record ResultTable(IReadOnlyList<string> Columns, IEnumerable<object?[]> Rows)
{
    /// <summary>RFC 4180, but lines end with LF; numbers have a point, and what is not finite is NaN or Infinity.</summary>
    public string ToCsv()
    {
        var text = new StringBuilder(string.Join(',', Columns)).Append('\n');
        foreach (object?[] row in Rows)
            text.AppendJoin(',', row.Select(Text)).Append('\n');
        return text.ToString();
    }

    /// <summary>An object a row; numbers that are not finite are null, for JSON has no word for them.</summary>
    public JsonArray ToJson() => new([.. Rows.Select(row => (JsonNode)new JsonObject(
        Columns.Zip(row, (column, value) => KeyValuePair.Create(column, Node(value)))))]);

    private static string Text(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Output.Csv.Field(value.ToString()!),
    };

    private static JsonNode? Node(object? value) => value switch
    {
        double number => TutorialResults.Number(number),
        int number => number,
        bool flag => flag,
        null => null,
        _ => value.ToString(),
    };
}
