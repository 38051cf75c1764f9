using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace NativeOpt.Cli.Report.Charts;

/// <summary>
/// Lines or points over any horizontal axis: epochs, seconds, learning rates. Goes into a <see cref="Blocks.FigureGroup"/>, which adds
/// the legend.
/// </summary>
/// <param name="Title">Heading.</param>
/// <param name="Across">The horizontal axis.</param>
/// <param name="Up">The vertical axis.</param>
/// <param name="Lines">What is drawn, later ones on top.</param>
internal sealed record LineChart(string Title, ChartAxis Across, ChartAxis Up, IReadOnlyList<Series> Lines) : IPicture
{
    /// <summary>A sentence below the chart; null: none.</summary>
    public string? Note { get; init; }

    /// <summary>The file that has the numbers, for the note about what is beyond the chart; null: none.</summary>
    public string? File { get; init; }

    /// <summary>A horizontal line with a name, such as the accuracy of guessing; null: none.</summary>
    public (double Value, string Name)? Level { get; init; }

    /// <inheritdoc/>
    public IEnumerable<LegendEntry> Legend => Lines.Select(line => new LegendEntry(line.Slot, line.Label, line.Variant, line.Dashed));

    /// <inheritdoc/>
    public bool HasLogarithmSwitch => Up is { HasLogarithmSwitch: true, Logarithmic: false } && Lines.Any(l => l.Y.Any(y => y > 0));

    /// <inheritdoc/>
    public bool HasBands => Lines.Any(line => line is { Low: not null, High: not null });

    /// <inheritdoc/>
    public IEnumerable<string> Notes
    {
        get
        {
            if (Note is not null)
                yield return Note;
            string where = File is null ? "" : $"; they are in {File}";
            if (Vertical(Up.Logarithmic) is (var axis, true))
                yield return $"Values above {ChartAxis.Short(axis.High)} are beyond the chart{where}.";
        }
    }

    /// <inheritdoc/>
    public IEnumerable<XElement> Draw(string id)
    {
        yield return LineDrawing.Draw(this, id, Area(Up.Logarithmic), HasLogarithmSwitch ? "chart linear" : "chart");
        if (HasLogarithmSwitch)
            yield return LineDrawing.Draw(this, id, Area(logarithmic: true), "chart log");
    }

    /// <inheritdoc/>
    public JsonObject? Hover() => HoverData.Of(this, Area(Up.Logarithmic));

    /// <summary>The axes with the ends and ticks that fit the lines.</summary>
    public PlotArea Area(bool logarithmic) =>
        new(Across.Fit(Lines.SelectMany(line => line.X), Across.Logarithmic).Axis, Vertical(logarithmic).Axis);

    private (AxisTicks Axis, bool Clipped) Vertical(bool logarithmic)
    {
        IEnumerable<double> values = Lines.SelectMany(line => line.Y.Concat(line.Low ?? []).Concat(line.High ?? []));
        // Lines that have hardly moved from where they all began are no outliers.
        double[] begins = [.. Lines.Where(line => line.Y.Count > 0).Select(line => line.Y[0]).Where(double.IsFinite).Order()];
        double usual = begins.Length == 0 ? 0 : 1.5 * begins[begins.Length / 2];
        return Up.Fit(Level is { } level ? values.Append(level.Value) : values, logarithmic, usual);
    }
}
