using NativeOpt.Text;

namespace NativeOpt.Data.Csv;

/// <summary>What a column becomes as an input.</summary>
/// <param name="Name">The column.</param>
/// <param name="Categories">Its texts, each a number 0 or 1; null where it is one number.</param>
/// <param name="Mean">What stands for an empty cell of a column of numbers; NaN where there may be none.</param>
internal sealed record CsvInput(string Name, IReadOnlyList<string>? Categories, double Mean)
{
    public IReadOnlyList<string> FeatureNames => Categories is null ? [Name] : [.. Categories.Select(text => $"{Name}={text}")];

    public static CsvInput Fit(CsvFile file, int index, CsvSettings settings)
    {
        CsvColumn column = file.Columns[index];
        int[] filled = [.. Enumerable.Range(0, column.Rows).Where(row => !column.IsEmpty(row))];
        if (filled.Length == 0)
            throw new InvalidDataException($"{file.Path}: column {index + 1} ('{column.Name}') has no value; name it in IgnoredColumns");
        bool fill = settings.EmptyCells == EmptyCells.Fill;
        if (column.IsNumeric)
            return new CsvInput(column.Name, null, fill ? filled.Average(column.NumberAt) : double.NaN);
        string[] categories = [.. filled.Length < column.Rows ? [""] : Array.Empty<string>(), .. column.Categories];
        return categories.Length <= settings.MaxCategories
            ? new CsvInput(column.Name, categories, double.NaN)
            : throw new InvalidDataException(
                $"{file.Path}: column {index + 1} ('{column.Name}') has {categories.Length} different texts; MaxCategories is "
                + $"{settings.MaxCategories}. Name it in IgnoredColumns if it is no input");
    }

    /// <summary>
    /// Writes the column of a table into rows of <paramref name="width"/> numbers, from number <paramref name="first"/> on.
    /// </summary>
    public void Encode(CsvFile file, float[] values, int first, int width)
    {
        int index = file.IndexOf(Name);
        CsvColumn column = file.Columns[index];
        if (column.IsNumeric != Categories is null)
            throw file.Fail(0, index, $"the column holds {Kind(column.IsNumeric)}; it held {Kind(Categories is null)} when it was fitted");
        Dictionary<string, int>? places = Categories?.Select((text, place) => (text, place)).ToDictionary(p => p.text, p => p.place);
        for (int row = 0; row < file.Rows; row++)
        {
            if (places is null)
                values[row * width + first] = (float)Number(file, index, row);
            else
                values[row * width + first + Place(file, index, row, places)] = 1;
        }
    }

    private double Number(CsvFile file, int index, int row)
    {
        double number = file.Columns[index].NumberAt(row);
        if (!double.IsNaN(number))
            return number;
        return !double.IsNaN(Mean) ? Mean : throw file.Fail(row, index, "the cell is empty; the encoding has no value for it");
    }

    private int Place(CsvFile file, int index, int row, Dictionary<string, int> places)
    {
        string text = file.Columns[index].TextAt(row) ?? "";
        return places.TryGetValue(text, out int place)
            ? place
            : throw file.Fail(row, index, text.Length == 0
                ? "the cell is empty; the encoding has no value for it"
                : NearestName.Explain("text", text, [.. Categories!]));
    }

    private static string Kind(bool numeric) => numeric ? "numbers" : "texts";
}
