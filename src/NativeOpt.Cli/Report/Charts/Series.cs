namespace NativeOpt.Cli.Report.Charts;

/// <summary>A line of a chart, or with <see cref="Points"/> a cloud of points.</summary>
/// <param name="Label">What it belongs to: a run, a setting. Lines with the same slot share a label and a switch in the legend.</param>
/// <param name="X">Ascending.</param>
/// <param name="Y">As many; what is no number is a gap.</param>
internal sealed record Series(string Label, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    /// <summary>Number of the colour and of the mark at the end; 0 and up.</summary>
    public int Slot { get; init; }

    /// <summary>
    /// What tells it from the others of its slot, such as "training" and "validation": a switch of its own in the legend. Empty: nothing.
    /// </summary>
    public string Variant { get; init; } = "";

    /// <summary>Dashed lines and hollow marks instead of solid ones: the same for all lines of a variant.</summary>
    public bool Dashed { get; init; }

    /// <summary>Points instead of a line.</summary>
    public bool Points { get; init; }

    /// <summary>Lower end of a band around the line, such as the smallest value of several seeds; null: no band.</summary>
    public IReadOnlyList<double>? Low { get; init; }

    /// <summary>Upper end of it.</summary>
    public IReadOnlyList<double>? High { get; init; }

    /// <summary>A line over the epochs 1, 2, 3 ...</summary>
    public static Series OverEpochs(string label, int slot, IReadOnlyList<double> values) =>
        new(label, [.. Enumerable.Range(1, values.Count).Select(epoch => (double)epoch)], values) { Slot = slot };
}
