using System.Globalization;
using System.Text;

namespace NativeOpt.Tests.Cli;

/// <summary>Tables for tests of the command line.</summary>
internal static class Tables
{
    /// <summary>Iris with its names: 150 rows.</summary>
    public static string WriteIris(TemporaryFolder folder, string name = "iris.csv")
    {
        CsvDataset iris = Datasets.Iris.LoadAll();
        var text = new StringBuilder().AppendJoin(',', [.. iris.FeatureNames, "species"]).Append('\n');
        for (int row = 0; row < iris.Count; row++)
            text.AppendJoin(',', [.. iris.X.GetRow(row).Select(Text), iris.ClassNames[iris.Y.GetLabel(row)]]).Append('\n');
        return Write(folder, name, text.ToString());
    }

    /// <summary>A table with texts, ids and empty cells, whose target is a number: 60 rows.</summary>
    public static string WriteHouses(TemporaryFolder folder)
    {
        var text = new StringBuilder("id;area;town;price\n");
        for (int row = 0; row < 60; row++)
        {
            string area = row % 10 == 3 ? "NA" : Text(40 + row);
            string town = (row % 3) switch { 0 => "\"A;B\"", 1 => "Ulm", _ => "Rom" };
            text.Append(CultureInfo.InvariantCulture, $"h{row};{area};{town};{100 + 3 * row + row % 3 * 20}\n");
        }
        return Write(folder, "houses.csv", text.ToString());
    }

    public static string Write(TemporaryFolder folder, string name, string text)
    {
        File.WriteAllText(folder[name], text);
        return folder[name];
    }

    /// <summary>The cells of a table that a command has written.</summary>
    public static string[][] Cells(string text, char delimiter = ',') =>
        [.. text.TrimEnd('\n').Split('\n').Select(line => line.Split(delimiter))];

    private static string Text(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
