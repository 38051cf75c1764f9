using System.Globalization;

namespace NativeOpt.Benchmarks.Results.Topics;

/// <summary>Memory that optimizers take.</summary>
internal static class MemoryTopic
{
    private static readonly string[] Kinds = ["state", "peak"];

    public static Topic Read(string folder)
    {
        IReadOnlyList<CsvRow> rows = CsvTable.Read(folder, "memory");
        if (rows.Count == 0)
            return new Topic("memory", "", [], []);
        string table = MarkdownTable.Pivot(rows.SelectMany(row => Kinds.Select(kind => new CsvRow(["optimizer", "kind", "bytes"],
            [row["optimizer"], $"{row["backend"]}, {(kind == "state" ? "kept" : "peak of a step")}", row[kind]]))),
            ["optimizer"], row => row["kind"], row => row.Number("bytes").ToString("F1", CultureInfo.InvariantCulture));
        var section = new Section("Bytes a parameter",
            $"What the process holds more once an optimizer has stepped seven times over {rows[0]["parameters"]} parameters, and at most "
            + "during a step, read from the kernel (`/proc/self`), not computed. The caller's weights and gradients, 8 bytes a "
            + "parameter, are not in it (`NativeOpt.Benchmarks memory`).", table);
        return new Topic("memory", "Memory of optimizers", [section],
            [new BarPanel("Bytes a parameter that are kept, native backend",
                [.. rows.Where(row => row["backend"] == "native").Select(Bar)])]);
    }

    private static Bar Bar(CsvRow row)
    {
        double bytes = row.Number("state");
        return new Bar(row["optimizer"], bytes, bytes.ToString("F1", CultureInfo.InvariantCulture), 0);
    }
}
