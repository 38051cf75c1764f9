using System.Globalization;
using NativeOpt.Text;

namespace NativeOpt.Data.Csv;

/// <summary>What the column that is to be predicted becomes.</summary>
/// <param name="Name">The column.</param>
/// <param name="ClassNames">What the class numbers mean; null where the target is a number.</param>
internal sealed record CsvTarget(string Name, IReadOnlyList<string>? ClassNames)
{
    public static CsvTarget Fit(CsvFile file, int index, TargetKind kind)
    {
        CsvColumn column = file.Columns[index];
        for (int row = 0; row < column.Rows; row++)
            if (column.IsEmpty(row))
                throw file.Fail(row, index, "the target is empty");
        if (!column.IsNumeric)
            return kind != TargetKind.Numbers
                ? new CsvTarget(column.Name, column.Categories)
                : throw file.Fail(0, index, $"'{column.TextAt(0)}' is not a number; Target is Numbers");
        double[] values = [.. Enumerable.Range(0, column.Rows).Select(column.NumberAt).Distinct().Order()];
        bool counted = values.Select((value, i) => value == i).All(same => same);
        return kind == TargetKind.Classes || (kind == TargetKind.Auto && counted)
            ? new CsvTarget(column.Name, [.. values.Select(TextOf)])
            : new CsvTarget(column.Name, null);
    }

    public Targets Encode(CsvFile file)
    {
        int index = file.IndexOf(Name);
        CsvColumn column = file.Columns[index];
        for (int row = 0; row < column.Rows; row++)
            if (column.IsEmpty(row))
                throw file.Fail(row, index, "the target is empty");
        if (ClassNames is null)
            return column.IsNumeric
                ? Enumerable.Range(0, file.Rows).Select(row => (float)column.NumberAt(row)).ToArray()
                : throw file.Fail(0, index, $"'{column.TextAt(0)}' is not a number");
        Dictionary<string, int> numbers = ClassNames.Select((text, number) => (text, number)).ToDictionary(p => p.text, p => p.number);
        var labels = new int[file.Rows];
        for (int row = 0; row < labels.Length; row++)
        {
            string text = column.IsNumeric ? TextOf(column.NumberAt(row)) : column.TextAt(row)!;
            if (!numbers.TryGetValue(text, out labels[row]))
                throw file.Fail(row, index, NearestName.Explain("class", text, [.. ClassNames]));
        }
        return labels;
    }

    private static string TextOf(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
