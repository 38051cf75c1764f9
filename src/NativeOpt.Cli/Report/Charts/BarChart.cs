using System.Text.Json.Nodes;
using System.Xml.Linq;
using static NativeOpt.Cli.Output.NumberText;
using static NativeOpt.Cli.Report.Charts.ChartMarks;
using static NativeOpt.Cli.Report.Markup;

namespace NativeOpt.Cli.Report.Charts;

/// <summary>A bar of a <see cref="BarChart"/>.</summary>
/// <param name="Label">What it belongs to.</param>
/// <param name="Value">Its length; what is no number is written, not drawn.</param>
internal sealed record Bar(string Label, double Value)
{
    /// <summary>Number of the colour.</summary>
    public int Slot { get; init; }

    /// <summary>The name of the colour in the legend; empty: the label.</summary>
    public string Group { get; init; } = "";

    /// <summary>Ends of a thin line over the bar, such as the extremes of several seeds; null: none.</summary>
    public (double Low, double High)? Spread { get; init; }
}

/// <summary>
/// Horizontal bars, one below the other, with the number at the end of each. Goes into a <see cref="Blocks.FigureGroup"/>.
/// </summary>
/// <param name="Title">Heading.</param>
/// <param name="Across">What is measured; on a logarithmic axis bars begin at its lower end.</param>
/// <param name="Bars">From top to bottom.</param>
internal sealed record BarChart(string Title, ChartAxis Across, IReadOnlyList<Bar> Bars) : IPicture
{
    private const double RowHeight = 26, BarHeight = 14, Left = 190, Right = 540;

    /// <summary>A sentence below the chart; null: none.</summary>
    public string? Note { get; init; }

    /// <summary>Whether the axis begins at 0 even if all values are far from it.</summary>
    public bool FromZero { get; init; } = true;

    /// <inheritdoc/>
    public IEnumerable<string> Notes => Note is null ? [] : [Note];

    /// <inheritdoc/>
    public IEnumerable<LegendEntry> Legend => Bars.Select(bar => new LegendEntry(bar.Slot, bar.Group.Length > 0 ? bar.Group : bar.Label));

    /// <inheritdoc/>
    public bool HasLogarithmSwitch => false;

    /// <inheritdoc/>
    public JsonObject? Hover() => null;

    /// <inheritdoc/>
    public IEnumerable<XElement> Draw(string id)
    {
        IEnumerable<double> values = Bars.SelectMany(bar =>
            new[] { bar.Value, bar.Spread?.Low ?? bar.Value, bar.Spread?.High ?? bar.Value });
        AxisTicks axis = Across.Fit(FromZero && !Across.Logarithmic ? values.Append(0) : values, Across.Logarithmic).Axis;
        double bottom = 8 + RowHeight * Bars.Count;
        XElement svg = Element("svg", "viewBox", $"0 0 {PlotArea.Width} {At(bottom + 42)}", "role", "img", "class", "chart", "id", id,
            "aria-label", $"{Title}: {Bars.Count} bars with their numbers");
        XElement axes = Element("g", "class", "axes");
        foreach (double tick in axis.Ticks)
            axes.With(Line("", X(axis, tick), 4, X(axis, tick), bottom),
                Label(X(axis, tick), bottom + 17, "middle", Across.Tick(axis, tick)));
        svg.With(axes.With(Label((Left + Right) / 2, bottom + 36, "middle", Across.Name)));
        for (int i = 0; i < Bars.Count; i++)
            svg.With(Row(axis, Bars[i], 8 + RowHeight * (i + 0.5)));
        return [svg];
    }

    private XElement Row(AxisTicks axis, Bar bar, double middle)
    {
        XElement row = Element("g", "class", $"run bar r{bar.Slot}").With(Label(Left - 10, middle + 4, "end", Shorten(bar.Label)));
        double end = X(axis, double.IsFinite(bar.Value) ? bar.Value : axis.Low);
        double start = X(axis, axis.Logarithmic ? axis.Low : Math.Clamp(0, axis.Low, axis.High));
        row.With(Element("rect", "x", At(Math.Min(start, end)), "y", At(middle - BarHeight / 2), "width", At(Math.Abs(end - start)),
            "height", At(BarHeight), "rx", "2"));
        double right = Math.Max(start, end);
        if (bar.Spread is { } spread)
        {
            right = Math.Max(right, X(axis, spread.High));
            row.With(Line("spread", X(axis, spread.Low), middle, X(axis, spread.High), middle));
        }
        return row.With(Label(right + 7, middle + 4, "start", Across.Show(bar.Value)));
    }

    /// <summary>What a logarithmic axis has no place for is drawn at its lower end.</summary>
    private static double X(AxisTicks axis, double value) =>
        double.IsFinite(axis.Fraction(value)) ? Left + (Right - Left) * axis.Fraction(value) : Left;

    private static string Shorten(string label) => label.Length <= 28 ? label : label[..27] + "\u2026";
}
