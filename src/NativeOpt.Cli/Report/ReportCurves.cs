using System.Globalization;
using System.Xml.Linq;
using NativeOpt.Cli.Comparison;
using static NativeOpt.Cli.Output.NumberText;
using static NativeOpt.Cli.Report.Markup;

namespace NativeOpt.Cli.Report;

/// <summary>The curves and the legend that switches them on and off.</summary>
internal static class ReportCurves
{
    /// <summary>Hides what is not ticked; style rules, so that it needs no script.</summary>
    public static string SwitchCss(int runs) => string.Concat(Enumerable.Range(0, runs).Select(i =>
        $"section:has(#show-r{i}:not(:checked)) .chart .r{i}{{display:none}}"))
        + "section:has(#show-train:not(:checked)) .train,section:has(#show-validation:not(:checked)) .validation{display:none}\n";

    public static XElement Section(ComparisonResults results)
    {
        XElement section = Element("section");
        XElement charts = Element("div", "class", "charts");
        charts.Add(Figure(ChartSpec.Loss(results)), Figure(ChartSpec.Accuracy(results)));
        section.Add(new XElement("h2", "Learning curves"), Legend(results), charts);
        return section;
    }

    private static XElement Legend(ComparisonResults results)
    {
        XElement legend = Element("div", "class", "legend", "role", "group", "aria-label", "What the charts show");
        for (int i = 0; i < results.Runs.Count; i++)
            legend.Add(Switch($"show-r{i}", $"r{i}", new XText(results.Runs[i].Label)));
        XElement gap = Element("span", "class", "gap");
        gap.Add("");
        legend.Add(gap, Switch("show-train", "", Key(""), new XText("training")));
        legend.Add(Switch("show-validation", "", Key("5 4.5"), new XText("validation")));
        return legend;
    }

    private static XElement Switch(string id, string style, params XNode[] content)
    {
        XElement label = Element("label");
        if (style.Length > 0)
            label.SetAttributeValue("class", style);
        label.Add(Element("input", "type", "checkbox", "id", id, "checked", "checked"), content);
        return label;
    }

    /// <summary>A short piece of the line.</summary>
    private static XElement Key(string dashes)
    {
        XElement key = Element("svg", "class", "key", "viewBox", "0 0 26 8", "aria-hidden", "true");
        key.Add(Element("line", "x1", "0", "x2", "26", "y1", "4", "y2", "4", "stroke-dasharray", dashes.Length == 0 ? "none" : dashes));
        return key;
    }

    private static XElement Figure(ChartSpec chart)
    {
        XElement figure = Element("figure", "class", "card");
        XElement frame = Element("div", "class", "frame");
        frame.Add(SvgChart.Draw(chart));
        figure.Add(new XElement("h3", chart.Title), frame);
        if (chart.ValueAxis() is (var axis, true))
        {
            string limit = axis.High.ToString("G6", CultureInfo.InvariantCulture);
            figure.Add(new XElement("figcaption", $"Values above {limit} are beyond the chart; they are in history.csv."));
        }
        return figure;
    }
}
