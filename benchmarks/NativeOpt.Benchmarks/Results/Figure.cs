using System.Xml.Linq;
using static NativeOpt.Cli.Output.NumberText;
using static NativeOpt.Cli.Report.Markup;

namespace NativeOpt.Benchmarks.Results;

/// <summary>
/// Panels side by side as an SVG file that needs no other file. Colours are those of Okabe and Ito (2008), which people with any
/// common kind of colour blindness can tell apart, darkened on white and lightened on black; every line has marks of its own besides.
/// </summary>
internal static class Figure
{
    /// <summary>Width and height of a panel of lines, with its margins.</summary>
    public const double PanelWidth = 480, PanelHeight = 330;

    private const int Columns = 2;

    private static readonly (string Light, string Dark)[] Colours =
    [
        ("#0072b2", "#4ba3e0"), ("#d55e00", "#f0803c"), ("#009e73", "#2bc39a"), ("#b5679a", "#dd9cc4"), ("#c08400", "#f0b429"),
        ("#6a45c0", "#a993f5"), ("#4a4a4a", "#d0d0d0"), ("#7a4a21", "#c79b6d"),
    ];

    private static string Style
    {
        get
        {
            static string Rules(Func<(string Light, string Dark), string> pick) =>
                string.Concat(Colours.Select((colours, i) => $".c{i}{{color:{pick(colours)}}}"));
            return "svg{font:12px system-ui,sans-serif}text{fill:#40464d}.title{font-weight:600}.name{fill:currentColor}"
                + ".back{fill:#fff}.grid{stroke:#e4e6e3}.reference{stroke:#6b7178;stroke-dasharray:5 4}"
                + ".line{fill:none;stroke:currentColor;stroke-width:2}.mark,.bar{fill:currentColor}"
                + Rules(colours => colours.Light)
                + "@media(prefers-color-scheme:dark){.back{fill:#14161a}text{fill:#b4bbc3}.name{fill:currentColor}.grid{stroke:#2a2f36}"
                + Rules(colours => colours.Dark) + "}";
        }
    }

    /// <summary>How many colours there are; beyond them they begin again, with other marks.</summary>
    public static int ColourCount => Colours.Length;

    /// <summary>The text of an SVG file.</summary>
    /// <param name="title">What is drawn, for those who do not see it.</param>
    /// <param name="panels">From left to right, two in a row.</param>
    public static string Draw(string title, IReadOnlyList<Panel> panels)
    {
        Panel[][] rows = [.. panels.Chunk(Columns)];
        double width = PanelWidth * Math.Min(Columns, panels.Count), height = rows.Sum(HeightOf);
        XElement svg = Element("svg", "viewBox", $"0 0 {At(width)} {At(height)}", "width", At(width), "height", At(height), "role", "img");
        svg.Add(new XElement("title", title), new XElement("style", Style));
        svg.Add(Element("rect", "class", "back", "width", At(width), "height", At(height)));
        double y = 0;
        foreach (Panel[] row in rows)
        {
            for (int column = 0; column < row.Length; column++)
            {
                XElement group = Element("g", "transform", $"translate({At(column * PanelWidth)} {At(y)})");
                group.Add(row[column] is LinePanel lines ? LineDrawing.Draw(lines) : BarDrawing.Draw((BarPanel)row[column]));
                svg.Add(group);
            }
            y += HeightOf(row);
        }
        XNamespace space = "http://www.w3.org/2000/svg";
        foreach (XElement element in svg.DescendantsAndSelf())
            element.Name = space + element.Name.LocalName;
        return svg.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    /// <summary>A text at a place; "start", "middle" or "end" of it is there.</summary>
    public static XElement Label(double x, double y, string anchor, string text, string kind = "")
    {
        XElement label = Element("text", "x", At(x), "y", At(y), "text-anchor", anchor);
        if (kind.Length > 0)
            label.SetAttributeValue("class", kind);
        label.Add(text);
        return label;
    }

    private static double HeightOf(Panel[] row) =>
        row.Max(panel => panel is BarPanel bars ? BarDrawing.HeightOf(bars) : PanelHeight);
}
