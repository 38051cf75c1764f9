using System.Globalization;
using static System.StringComparison;

namespace NativeOpt.Benchmarks.Results.Topics;

/// <summary>How long programs take to start.</summary>
internal static class StartupTopic
{
    private const int Grey = 6;

    public static Topic Read(string folder)
    {
        IReadOnlyList<CsvRow> rows = CsvTable.Read(folder, "startup");
        if (rows.Count == 0)
            return new Topic("startup", "", [], []);
        string Milliseconds(CsvRow row, string head) => row.Number(head).ToString("F0", CultureInfo.InvariantCulture);
        return new Topic("startup", "Start-up",
            [new Section("Milliseconds from the start of a process to its end",
                $"Medians of {rows[0]["rounds"]} turns with the files in the page cache, and the lowest and highest turn. The first "
                + "training step is one batch of 32 in a network 784-128-10, the start and the end of the runtime included; the programs "
                + "that do nothing show what these alone take (`NativeOpt.Benchmarks startup`).",
                MarkdownTable.Write(["", "ms, median", "lowest", "highest"],
                    [.. rows.Select(row => new[]
                    {
                        row["what"], Milliseconds(row, "median"), Milliseconds(row, "low"), Milliseconds(row, "high"),
                    })]))],
            [new BarPanel("Milliseconds from start to end of a process", [.. rows.Select(row => new Bar(row["what"], row.Number("median"),
                Milliseconds(row, "median"), row["what"].EndsWith("(nothing done)", Ordinal) ? Grey : 0))])]);
    }
}
