using System.Globalization;
using System.Text;
using NativeOpt.Cli.Models;

namespace NativeOpt.Cli.Output;

/// <summary>history.csv of a training: one row an epoch; a number that was not measured is an empty cell.</summary>
internal static class EpochsCsv
{
    public static string Write(IReadOnlyList<EpochRow> rows)
    {
        string[] names = [.. rows.SelectMany(row => row.Values.Keys).Distinct()];
        var text = new StringBuilder("epoch,").AppendJoin(',', names.Select(name => Csv.Field(name))).Append(",seconds\n");
        foreach (EpochRow row in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row.Epoch}");
            foreach (string name in names)
            {
                text.Append(',');
                if (row.Values.TryGetValue(name, out double value))
                    text.Append(CultureInfo.InvariantCulture, $"{value:R}");
            }
            text.Append(CultureInfo.InvariantCulture, $",{row.Seconds:R}\n");
        }
        return text.ToString();
    }
}
