using System.Globalization;

namespace NativeOpt.Benchmarks.Results.Topics;

/// <summary>The native kernels by themselves, as Google Benchmark measures them.</summary>
internal static class KernelsTopic
{
    private static readonly string[] Programs = ["optimizer_benchmark", "dense_benchmark"];

    public static Topic Read(string folder)
    {
        (string Program, CsvRow[] Rows)[] programs = [.. Programs.Select(program => (program,
            (CsvRow[])[.. CsvTable.Read(folder, program).Where(row => row["error_occurred"].Length == 0)]))];
        CsvRow[] steps = [.. programs[0].Rows.Where(row => row["name"].Split('/') is [_, _, _, "1\""])];
        Series[] lines = [.. steps.GroupBy(LineOf).Select(group => new Series(group.Key, [.. group.Select(Point)]))];
        return new Topic("kernels", "Native kernels", [.. programs.Where(program => program.Rows.Length > 0).Select(Table)],
            lines.Length == 0 ? [] : [new LinePanel("GB/s of steps, 1 thread", "parameters", lines, LogarithmicY: true)]);
    }

    private static Section Table((string Program, CsvRow[] Rows) program) => new($"`{program.Program}`",
        "Google Benchmark, one after the other, so that only large differences mean anything. Names end with the number of threads. Items "
        + "are parameters of steps and floating-point operations of layers. `add_only` (the same bytes, only added) and `limit/fma_peak` "
        + "are the limits of the machine in this run; the probes say whether it was calm.",
        MarkdownTable.Write(["benchmark", "real time, us", "processor time, us", "GB/s", "10^9 items/s"],
            [.. program.Rows.Select(row => new[]
            {
                row["name"].Trim('"'), Microseconds(row, "real_time"), Microseconds(row, "cpu_time"), Giga(row, "bytes_per_second"),
                Giga(row, "items_per_second"),
            })]), IsLong: program.Rows.Length > 60);

    private static string LineOf(CsvRow row) => row["name"].Trim('"').Split('/') is ["step", var rule, ..]
        ? rule
        : $"{row["name"].Split('/')[1]} only adding";

    // "step/adam/1000/1": the parameters, and 10^9 bytes a second.
    private static (double X, double Y) Point(CsvRow row) =>
        (double.Parse(row["name"].Split('/')[2], CultureInfo.InvariantCulture), row.Number("bytes_per_second") / 1e9);

    private static string Microseconds(CsvRow row, string head) =>
        Figures.Short(row.Number(head) * row["time_unit"] switch { "ns" => 1e-3, "us" => 1, "ms" => 1e3, _ => 1e6 });

    private static string Giga(CsvRow row, string head) => row[head].Length == 0 ? "" : Figures.Short(row.Number(head) / 1e9);
}
