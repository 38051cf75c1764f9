namespace NativeOpt.Data;

/// <summary>The flowers that are part of this assembly; where they come from is said beside the resource.</summary>
internal static class IrisResource
{
    private const string File = "iris.csv", Target = "species";

    /// <summary>In the original order.</summary>
    public static CsvDataset All()
    {
        using Stream stream = typeof(IrisResource).Assembly.GetManifestResourceStream($"NativeOpt.Data.Resources.{File}")!;
        return CsvDataset.From(CsvFile.Read(stream, File), Target, null);
    }

    /// <summary>In two parts.</summary>
    public static DataSplit Split()
    {
        CsvDataset all = All();
        (int[] train, int[] test) = EveryFifth.Split(all.Count, all.Y.GetLabel, all.ClassNames.Count);
        return new DataSplit(Datasets.Iris.Name, Select(all, train), Select(all, test), all.ClassNames);
    }

    private static InMemoryDataset Select(CsvDataset all, int[] rows) => new(all.X.SelectRows(rows), all.Y.SelectRows(rows));
}
