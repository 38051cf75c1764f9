using System.Globalization;
using NativeOpt.Cli.Commands;

namespace NativeOpt.Cli.Loading;

/// <summary>Training data from a table.</summary>
internal static class CsvData
{
    /// <summary>Reads the table and decides what its columns become.</summary>
    /// <exception cref="InputException">No target was named.</exception>
    /// <exception cref="InvalidDataException">The table cannot be used.</exception>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public static LoadedData Load(DataChoice choice)
    {
        string path = choice.Csv!;
        CsvFile file = CsvFile.Read(path, choice.CsvSettings);
        string target = FindTarget(file, choice.Target);
        CsvDataset data = CsvDataset.From(file, target, choice.CsvSettings);
        return new LoadedData
        {
            Name = Path.GetFileName(path),
            Title = Path.GetFileName(path),
            Train = new InMemoryDataset(data.X, data.Y),
            ClassNames = data.ClassNames,
            Encoding = data.Encoding,
        };
    }

    /// <summary>The name of the target column.</summary>
    /// <exception cref="InputException">It was not named.</exception>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public static string FindTarget(CsvFile file, string? target)
    {
        string[] names = [.. file.Columns.Select(column => column.Name)];
        if (target is null)
            throw new InputException(
                $"--target is missing: which column of '{file.Path}' is to be predicted? There are {string.Join(", ", names)}");
        if (names.Contains(target) || !int.TryParse(target, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
            return names[file.IndexOf(target)];
        int place = number < 0 ? names.Length + number : number - 1;
        return place >= 0 && place < names.Length
            ? names[place]
            : throw new ArgumentException(
                $"--target is {target}; the table has {names.Length} columns, 1 to {names.Length} or -1 to -{names.Length}");
    }
}
