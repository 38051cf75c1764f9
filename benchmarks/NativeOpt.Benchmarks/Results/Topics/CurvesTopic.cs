namespace NativeOpt.Benchmarks.Results.Topics;

/// <summary>Samples a second against the size of the batch and the width of the network.</summary>
internal static class CurvesTopic
{
    private static readonly string[] Axes = ["batch", "width"];

    public static Topic Read(string folder)
    {
        (string Axis, CsvRow[] Rows)[] axes = [.. Axes.Select(axis => (axis, CsvTable.Read(folder, $"curves-{axis}").ToArray()))
            .Where(axis => axis.Item2.Length > 0)];
        return new Topic("curves", "Training against batch size and width",
            [.. axes.Select(axis => new Section(Title(axis.Axis),
                $"Samples a second, medians of {axis.Rows[0]["rounds"]} turns (`curves.py`), with the lowest and the highest turn.",
                MarkdownTable.Pivot(axis.Rows, [axis.Axis], row => row["who"], Cell)))],
            [.. axes.Select(axis => (Panel)new LinePanel($"Samples/s, {Title(axis.Axis)}", axis.Axis,
                Series.From(axis.Rows, "who", axis.Axis, "median"), LogarithmicY: true))]);
    }

    private static string Title(string axis) => axis == "batch" ? "784-128-10, batches of 1 to 4096" : "784-width-10, batch 32";

    private static string Cell(CsvRow row) =>
        $"{Figures.Short(row, "median")} ({Figures.Short(row, "low")} to {Figures.Short(row, "high")})";
}
