using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace NativeOpt.Cli.Report.Charts;

/// <summary>Something drawn, with a heading: a chart, bars, a surface.</summary>
internal interface IPicture
{
    /// <summary>Heading.</summary>
    string Title { get; }

    /// <summary>Sentences below it.</summary>
    IEnumerable<string> Notes { get; }

    /// <summary>What the legend switches on and off; an entry may occur several times.</summary>
    IEnumerable<LegendEntry> Legend { get; }

    /// <summary>Whether it can be drawn on a logarithmic scale as well.</summary>
    bool HasLogarithmSwitch { get; }

    /// <summary>Whether there are bands around lines.</summary>
    bool HasBands => false;

    /// <summary>The drawing; where there is a switch, a second one for the logarithmic scale.</summary>
    /// <param name="id">Unique on the page.</param>
    IEnumerable<XElement> Draw(string id);

    /// <summary>What the script shows under the pointer; null: nothing. <see cref="HoverData"/> has the layout.</summary>
    JsonObject? Hover();
}

/// <summary>A switch of a legend.</summary>
/// <param name="Slot">Number of the colour.</param>
/// <param name="Label">What has this colour.</param>
/// <param name="Variant">A second switch, for all lines that have it; empty: none.</param>
/// <param name="Dashed">How lines of this variant look.</param>
internal sealed record LegendEntry(int Slot, string Label, string Variant = "", bool Dashed = false)
{
    /// <summary>The class of a variant's drawings: "v-validation".</summary>
    public static string ClassOf(string variant) =>
        "v-" + new string([.. variant.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]);
}
