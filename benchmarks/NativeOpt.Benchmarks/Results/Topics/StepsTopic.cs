using System.Globalization;

namespace NativeOpt.Benchmarks.Results.Topics;

/// <summary>Steps of the optimizers beside the limits of the machine and beside others.</summary>
internal static class StepsTopic
{
    private static readonly string[] Drawn = ["sgd", "momentum", "lion", "rmsprop", "adam"];

    private static readonly string[] PeerFiles = ["steps-peers", "steps-turns", "steps-pytorch"];

    public static Topic Read(string folder)
    {
        IReadOnlyList<CsvRow> limits = CsvTable.Read(folder, "steps-limits");
        CsvRow[] peers = [.. PeerFiles.SelectMany(name => CsvTable.Read(folder, name))];
        CsvRow[] one = [.. limits.Where(row => row["threads"] == "1")];
        var sections = new List<Section>();
        sections.AddRange(limits.GroupBy(row => row["threads"]).SelectMany(group => Shares(group.Key, [.. group])));
        sections.AddRange(Peers(peers));
        sections.AddRange(ThroughTheLibrary(CsvTable.Read(folder, "steps-turns")));
        sections.AddRange(Options(CsvTable.Read(folder, "steps-options")));
        sections.AddRange(Denormals(CsvTable.Read(folder, "steps-denormals")));
        var panels = new List<Panel>();
        if (one.Length > 0)
            panels.Add(new LinePanel("Share of the machine's limit, 1 thread", "parameters",
                Series.From(one.Where(row => Drawn.Contains(row["rule"])), "rule", "n", "share"), LogarithmicY: false, Reference: 1));
        if (peers.Length > 0)
            panels.Add(new LinePanel("AdamW, time of others over ours, 1 thread", "parameters",
                Series.From(peers.Where(row => row["threads"] == "1"), "peer", "n", "ratio"), LogarithmicY: true, Reference: 1));
        return new Topic("steps", "Optimizer steps", sections, panels);
    }

    private static IEnumerable<Section> Shares(string threads, CsvRow[] rows)
    {
        // A step on few parameters is not shared among threads, but the loops of the limit are.
        CsvRow[] shown = threads == "1" ? rows : [.. rows.Where(row => row.Number("n") >= 1e6)];
        if (shown.Length == 0)
            yield break;
        yield return new Section($"Share of the limit, {Figures.Threads(threads)}",
            "The limit is the slower of a loop that reads and writes the same arrays and only adds, and a loop that does as many square "
            + "roots and divisions; `step_limits` lets step and limits take turns. `bytes` are read and written for each parameter; "
            + "the other columns are numbers of parameters: median share and half the distance of the quartiles.",
            MarkdownTable.Pivot(shown, ["rule", "bytes"], Figures.Parameters, row => Figures.WithSpread(row, "share")),
            IsLong: rows.Length > 60);
        CsvRow[] adam = [.. shown.Where(row => row["rule"] == "adam")];
        if (adam.Length > 0)
            yield return new Section($"Adam in numbers, {Figures.Threads(threads)}",
                "The loop that only adds moves the same 28 bytes a parameter: what memory, or a cache, can do in this run.",
                MarkdownTable.Write(["n", "step, us", "GB/s", "only adding, GB/s", "square roots and divisions, us"],
                    [.. adam.Select(row => new[]
                    {
                        Figures.Parameters(row), Figures.Short(row, "step us"), row["GB/s"], row["add GB/s"],
                        Figures.Short(row, "divide us"),
                    })]));
    }

    private static IEnumerable<Section> Peers(CsvRow[] rows)
    {
        if (rows.Length > 0)
            yield return new Section("Beside others",
                "How many times longer AdamW takes elsewhere, each in turns with NativeOpt in one process: median and half the distance of "
                + "the quartiles; below 1 the other is quicker. DeepSpeed and PyTorch 2 are the shapes of their loops, written again "
                + "and compiled as ours are (`step_limits --peers`); `PyTorch` is the library itself, tensor by "
                + "tensor and multi-tensor (`pytorch_step.py`). The loops in C# and the managed backend work on the arrays of "
                + "`Optimizer.Step`, without decay (`NativeOpt.Benchmarks turns`); `Fast` is NativeOpt's own `MathMode.Fast`.",
                MarkdownTable.Pivot(rows, ["n", "threads"], row => row["peer"], row => Figures.WithSpread(row, "ratio")));
    }

    private static IEnumerable<Section> ThroughTheLibrary(IReadOnlyList<CsvRow> turns)
    {
        if (turns.Count > 0)
            yield return new Section("Through `Optimizer.Step`",
                "Adam on an ordinary array of C#, one thread, with all checks, schedules and bias corrections.",
                MarkdownTable.Write(["n", "us", "ns a parameter", "bytes allocated a step"],
                    [.. turns.DistinctBy(row => row["n"]).Select(row => new[]
                    {
                        Figures.Parameters(row), Figures.Short(row, "NativeOpt us"),
                        Figures.Short(1e3 * row.Number("NativeOpt us") / row.Number("n")), row["allocated"],
                    })]));
    }

    private static IEnumerable<Section> Options(IReadOnlyList<CsvRow> rows)
    {
        if (rows.Count > 0)
            yield return new Section("What options cost",
                "A step of Adam with the option, beside the step without it and a loop that moves what the option has to move. The "
                + "share is the time of these two over the time of the step (`step_limits --options`). Bytes of all rules and options "
                + "are in [Performance.md](../../src/NativeOpt/Optimizers/Performance.md).",
                MarkdownTable.Write(["option", "n", "threads", "more bytes a parameter", "step, us", "more, us", "share"],
                    [.. rows.Select(row => new[]
                    {
                        row["option"], Figures.Parameters(row), row["threads"], row["more bytes"], Figures.Short(row, "step us"),
                        row.Number("more us").ToString("F2", CultureInfo.InvariantCulture), row["share"],
                    })]), IsLong: rows.Count > 30);
    }

    private static IEnumerable<Section> Denormals(IReadOnlyList<CsvRow> rows)
    {
        if (rows.Count > 0)
            yield return new Section("Subnormal numbers",
                "Parameters whose gradients are zero: Adam's m and v have decayed below the smallest normal number. With the mode that "
                + "NativeOpt sets for its calls a step takes as long as ever; with that of the caller it falls off a cliff, "
                + "whose height is the processor's (`step_limits --denormals`).",
                MarkdownTable.Write(["n", "ordinary step, us", "subnormal state, NativeOpt", "subnormal state, the caller's mode"],
                    [.. rows.Select(row => new[]
                    {
                        Figures.Parameters(row), Figures.Short(row, "normal us"), row["subnormal ratio"] + " times",
                        row["mode of the caller ratio"] + " times",
                    })]));
    }
}
