using System.Text.Json.Nodes;
using System.Xml.Linq;
using NativeOpt.Cli.Report.Charts;
using static NativeOpt.Cli.Report.Markup;

namespace NativeOpt.Cli.Report.Blocks;

/// <summary>
/// Pictures side by side with one legend, whose ticks switch colours, variants and the logarithmic scale of all of them. The switches
/// are style rules: they need no script.
/// </summary>
internal sealed record FigureGroup(IReadOnlyList<IPicture> Pictures) : IReportBlock
{
    /// <summary>Lines whose bands are shown from the beginning.</summary>
    private const int MaxBands = 3;

    /// <inheritdoc/>
    public IEnumerable<XElement> Write(PageParts page)
    {
        string id = page.NewId("group");
        LegendEntry[] entries = [.. Pictures.SelectMany(picture => picture.Legend)];
        XElement charts = Element("div", "class", Pictures.Count == 1 ? "charts single" : "charts");
        charts.With([.. Pictures.Select(picture => Figure(picture, page))]);
        XElement group = Element("div", "class", "group", "id", id);
        if (Legend(id, entries, page) is { } legend)
            group.Add(legend);
        return [group.With(charts)];
    }

    private XElement? Legend(string id, LegendEntry[] entries, PageParts page)
    {
        LegendEntry[] slots = [.. entries.DistinctBy(entry => entry.Slot).OrderBy(entry => entry.Slot)];
        foreach (LegendEntry slot in slots)
            page.Use(slot.Slot);
        XElement[] colours = slots.Length < 2 ? [] : [.. slots.Select(slot =>
            Switch(page, id, $"r{slot.Slot}", isOn: true, new XText(slot.Label)))];
        LegendEntry[] variants = [.. entries.Where(entry => entry.Variant.Length > 0).DistinctBy(entry => entry.Variant)];
        XElement[] kinds = [.. variants.Select(variant => Switch(page, id, LegendEntry.ClassOf(variant.Variant), isOn: true,
            Key(variant.Dashed ? "5 4.5" : "none"), new XText(variant.Variant)))];
        // The bands of many lines would hide each other.
        XElement[] bands = Pictures.Any(picture => picture.HasBands)
            ? [Switch(page, id, "band", isOn: slots.Length <= MaxBands, new XText("range"))] : [];
        XElement[] scales = Pictures.Any(picture => picture.HasLogarithmSwitch) ? [Logarithm(page, id)] : [];
        XElement[][] parts = [.. new[] { colours, kinds, bands, scales }.Where(part => part.Length > 0)];
        if (parts.Length == 0)
            return null;
        XElement legend = Element("div", "class", "legend", "role", "group", "aria-label", "What the pictures show");
        foreach (XElement[] part in parts)
        {
            if (part != parts[0])
                legend.Add(TextElement("span", "gap", ""));
            legend.With(part);
        }
        return legend;
    }

    private static XElement Switch(PageParts page, string group, string what, bool isOn, params XNode[] content)
    {
        string id = $"{group}-{what}";
        page.SwitchCss.Append($".group:has(#{id}:not(:checked)) .chart .{what}{{display:none}}");
        XElement input = Element("input", "type", "checkbox", "id", id, "data-shows", what);
        if (isOn)
            input.SetAttributeValue("checked", "checked");
        return Element("label", "class", what).With(input).With(content);
    }

    private static XElement Logarithm(PageParts page, string group)
    {
        string id = $"{group}-log";
        page.SwitchCss.Append($".group:has(#{id}:checked) .chart.linear,.group:has(#{id}:not(:checked)) .chart.log{{display:none}}");
        return Element("label").With(Element("input", "type", "checkbox", "id", id), new XText("logarithmic scale"));
    }

    /// <summary>A short piece of the line.</summary>
    private static XElement Key(string dashes) => Element("svg", "class", "key", "viewBox", "0 0 26 8", "aria-hidden", "true")
        .With(Element("line", "x1", "0", "x2", "26", "y1", "4", "y2", "4", "stroke-dasharray", dashes));

    private static XElement Figure(IPicture picture, PageParts page)
    {
        string id = page.NewId(picture.Title);
        if (picture.Hover() is JsonObject hover)
            page.Hover[id] = hover;
        XElement frame = Element("div", "class", "frame").With([.. picture.Draw(id)]);
        XElement figure = Element("figure", "class", "card").With(TextElement("h3", "", picture.Title), frame);
        string notes = string.Join(' ', picture.Notes);
        return notes.Length == 0 ? figure : figure.With(TextElement("figcaption", "", notes));
    }
}
