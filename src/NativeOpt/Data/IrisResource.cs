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

    /// <summary>
    /// In two parts. The table is sorted by species; here they take turns, so that the last rows, which Fit may hold out, are of all of
    /// them.
    /// </summary>
    public static DataSplit Split()
    {
        CsvDataset all = All();
        (int[] train, int[] test) = EveryFifth.Split(all.Count, all.Y.GetLabel, all.ClassNames.Count);
        return new DataSplit(Datasets.Iris.Name, InTurns(all, train), InTurns(all, test), all.ClassNames);
    }

    private static InMemoryDataset InTurns(CsvDataset all, int[] rows)
    {
        int each = all.Count / all.ClassNames.Count;
        int[] order = [.. rows.OrderBy(row => row % each)];
        return new InMemoryDataset(all.X.SelectRows(order), all.Y.SelectRows(order));
    }
}
