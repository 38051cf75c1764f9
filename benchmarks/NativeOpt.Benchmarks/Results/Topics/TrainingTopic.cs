using System.Globalization;

namespace NativeOpt.Benchmarks.Results.Topics;

/// <summary>Training of whole networks, here and elsewhere.</summary>
internal static class TrainingTopic
{
    public static Topic Read(string folder)
    {
        IGrouping<string, CsvRow>[] networks = [.. CsvTable.Read(folder, "training").GroupBy(row => row["network"])];
        return new Topic("training", "Training of whole networks",
            [.. networks.Select(network => Table(network.Key, [.. network]))],
            [.. networks.Select(network => (Panel)new BarPanel(
                $"{Name(network.Key)}: thousand samples a second", [.. network.Select(Bar)]))]);
    }

    private static Bar Bar(CsvRow row)
    {
        double rate = row.Number("median");
        return new Bar(row["who"], rate, Figures.Short(rate / 1e3), row["who"].StartsWith("NativeOpt", StringComparison.Ordinal) ? 0 : 1);
    }

    private static Section Table(string network, CsvRow[] rows)
    {
        double one = rows[0].Number("median");
        double best = rows.Where(row => row["who"].StartsWith("NativeOpt (", StringComparison.Ordinal)).Max(row => row.Number("median"));
        string Ratio(double own, CsvRow row) => (own / row.Number("median")).ToString("F2", CultureInfo.InvariantCulture);
        return new Section(Name(network),
            $"The same work for everybody, Adam, float32, shuffled rows; {rows[0]["rounds"]} turns, each a process of its own, and of each "
            + "peer only its quickest form and number of threads. The last columns say how many times quicker NativeOpt is, on one thread "
            + $"and at its best (`training.py --workloads {network.Split(' ')[0]}`).",
            MarkdownTable.Write(["", "form", "samples/s, median", "lowest", "highest", "1 thread", "best"], [.. rows.Select(row => new[]
            {
                row["who"], row["form"], Whole(row, "median"), Whole(row, "low"), Whole(row, "high"), Ratio(one, row), Ratio(best, row),
            })]));
    }

    // "tutorial 784-128-10 batch 32": the name of the option, the layers, the batch.
    private static string Name(string network) => network[(network.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    private static string Whole(CsvRow row, string head) => row.Number(head).ToString("#,0", CultureInfo.InvariantCulture);
}
