using System.Text.Json.Nodes;

namespace NativeOpt.Cli.Report.Charts;

/// <summary>
/// What the script shows under the pointer. <c>{ name, at, texts, series: [{ slot, label, variant, values, at, texts }] }</c>: places
/// on the horizontal axis in the coordinates of the drawing, their texts, and the value of each line there as text. Where all lines
/// have the same places, <c>at</c> and <c>texts</c> stand once, else with each line.
/// </summary>
internal static class HoverData
{
    public static JsonObject Of(LineChart chart, PlotArea area)
    {
        Series[] lines = [.. chart.Lines.Where(line => line.X.Count > 0)];
        Series? longest = lines.MaxBy(line => line.X.Count);
        bool shared = longest is not null && lines.All(line => line.X.SequenceEqual(longest.X.Take(line.X.Count)));
        var series = new JsonArray();
        foreach (Series line in lines)
        {
            int[] kept = [.. Thinning.Kept(shared ? longest!.Y : line.Y).Where(i => i < line.Y.Count)];
            var entry = new JsonObject
            {
                ["slot"] = line.Slot,
                ["label"] = line.Label,
                ["variant"] = line.Variant,
                ["values"] = Texts(kept.Select(i => Value(chart, line, i))),
            };
            if (!shared)
                AddPlaces(entry, chart, area, line, kept);
            series.Add(entry);
        }
        var data = new JsonObject { ["name"] = chart.Across.Name, ["title"] = chart.Title, ["series"] = series };
        if (shared)
            AddPlaces(data, chart, area, longest!, [.. Thinning.Kept(longest!.Y)]);
        return data;
    }

    private static string Value(LineChart chart, Series line, int index)
    {
        string value = chart.Up.Show(line.Y[index]);
        return line is { Low: { } low, High: { } high }
            ? $"{value} ({chart.Up.Show(low[index])} to {chart.Up.Show(high[index])})"
            : value;
    }

    private static void AddPlaces(JsonObject data, LineChart chart, PlotArea area, Series line, int[] kept)
    {
        data["at"] = new JsonArray([.. kept.Select(i => (JsonNode)JsonValue.Create(Place(area, line.X[i])))]);
        data["texts"] = Texts(kept.Select(i => chart.Across.Show(line.X[i])));
    }

    /// <summary>Where a logarithmic axis has no place for a value, it is shown at the left end.</summary>
    private static double Place(PlotArea area, double x) => double.IsFinite(area.X(x)) ? Math.Round(area.X(x), 2) : PlotArea.Left;

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)JsonValue.Create(text)!)]);
}
