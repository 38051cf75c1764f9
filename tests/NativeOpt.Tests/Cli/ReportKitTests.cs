using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NativeOpt.Cli.Report;
using NativeOpt.Cli.Report.Blocks;
using NativeOpt.Cli.Report.Charts;
using NativeOpt.Cli.Report.Surfaces;
using Xunit;

namespace NativeOpt.Tests.Cli;

/// <summary>The parts reports are made of, each written on a page.</summary>
public sealed partial class ReportKitTests
{
    private static readonly double[] Rates = [0.0001, 0.001, 0.01, 0.1];

    [Fact]
    public void Page_OfEveryKindOfBlock_IsWellFormed()
    {
        XElement page = Page(
            new TextBlock("One.", "Two <b>."),
            new ReportTable([new("Name"), new("Value", Best.High)], [new TableRow("a", 1), new TableRow("b", TableCell.None)]),
            new FigureGroup([Chart(ChartAxis.LearningRate, Rates), Chart(ChartAxis.Elapsed, [0.5, 1, 1.5, 2])]),
            new FigureGroup([new BarChart("Bars", ChartAxis.Accuracy, [new Bar("one", 0.5), new Bar("two", double.NaN) { Slot = 1 }])]),
            new FigureGroup([Bowl()]),
            new FactList([("a", "b")]));

        Assert.Equal(["prose", "prose"], page.Descendants("p").Select(p => (string?)p.Attribute("class")).Take(2));
        Assert.Equal(4, page.Descendants("figure").Count());
        Assert.DoesNotContain(page.Descendants("svg").Descendants().Attributes(), a => a.Value.Contains("NaN", StringComparison.Ordinal));
        string[] ids = [.. page.Descendants().Attributes("id").Select(a => a.Value)];
        Assert.Equal(ids.Distinct(), ids);
    }

    [Theory]
    [InlineData(false, new[] { 46.0, 528 })]
    [InlineData(true, new[] { 46, 206.67, 367.33, 528 })]
    public void LineChart_OverLearningRates_PlacesThemByTheScale(bool logarithmic, double[] expected)
    {
        var axis = new ChartAxis("learning rate") { Logarithmic = logarithmic };
        double[] x = Points(Draw(Chart(axis, logarithmic ? Rates : [0, 1]))).Select(point => point.X).ToArray();

        Assert.Equal(expected, x);
    }

    [Fact]
    public void LineChart_WithSwitch_IsDrawnOnBothScales()
    {
        var chart = new LineChart("Loss", ChartAxis.Epoch, ChartAxis.Loss, [Series.OverEpochs("a", 0, [1, 0.1, 0.01])]);

        XElement[] drawings = [.. chart.Draw("loss")];

        Assert.Equal(["chart linear", "chart log"], drawings.Select(d => (string?)d.Attribute("class")));
        double[] y = [.. Points(drawings[1]).Select(point => point.Y)];
        Assert.Equal(y[1] - y[0], y[2] - y[1], 0.02);
    }

    [Fact]
    public void LineChart_OnALogarithmicScale_LeavesGapsWhereNothingIsPositive()
    {
        var axis = new ChartAxis("norm") { Logarithmic = true };
        var chart = new LineChart("Norm", ChartAxis.Epoch, axis, [Series.OverEpochs("a", 0, [1, 0, 0.5, 0.25, double.NaN])]);

        string path = (string)Draw(chart).Descendants("path").First(p => p.Parent!.Attribute("class")?.Value == "solid").Attribute("d")!;

        Assert.Equal(2, path.Count(c => c == 'M'));
        Assert.Contains("h0", path, StringComparison.Ordinal);
    }

    [Fact]
    public void LineChart_WithASpread_DrawsABandFromLowToHigh()
    {
        var line = Series.OverEpochs("a", 0, [1, 2]) with { Low = [0.0, 1], High = [2.0, 4] };
        var chart = new LineChart("Band", ChartAxis.Epoch, new ChartAxis("value"), [line]);

        string band = (string)Draw(chart).Descendants("path").Single(p => p.Attribute("class")?.Value == "band").Attribute("d")!;

        PlotArea area = chart.Area(logarithmic: false);
        Assert.Equal((0.0, 4.0), (area.Up.Low, area.Up.High));
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"M46 {area.Y(2)}L528 14L528 "), band, StringComparison.Ordinal);
        Assert.EndsWith(string.Create(CultureInfo.InvariantCulture, $"L46 {PlotArea.Bottom}Z"), band, StringComparison.Ordinal);
        Assert.Equal("2 (1 to 4)", (string?)chart.Hover()!["series"]![0]!["values"]![1]);
    }

    [Fact]
    public void Hover_OfLinesWithPlacesOfTheirOwn_HasThemWithEachLine()
    {
        Series[] lines = [new("a", [0.1, 0.2], [1, 2]), new("b", [0.15, 0.4], [3, 4]) { Slot = 1 }];

        using var data = JsonDocument.Parse(new LineChart("Loss", ChartAxis.Elapsed, ChartAxis.Loss, lines).Hover()!.ToJsonString());

        Assert.False(data.RootElement.TryGetProperty("at", out _));
        Assert.Equal(["0.15 s", "0.40 s"],
            data.RootElement.GetProperty("series")[1].GetProperty("texts").EnumerateArray().Select(t => t.GetString()));
    }

    [Fact]
    public void Hover_OfALineThatEndsEarly_SharesThePlacesOfTheLongest()
    {
        Series[] lines = [Series.OverEpochs("a", 0, [1, 2]), Series.OverEpochs("b", 1, [3, 4, 5])];

        using var data = JsonDocument.Parse(new LineChart("Loss", ChartAxis.Epoch, ChartAxis.Loss, lines).Hover()!.ToJsonString());

        Assert.Equal(3, data.RootElement.GetProperty("at").GetArrayLength());
        Assert.Equal(2, data.RootElement.GetProperty("series")[0].GetProperty("values").GetArrayLength());
    }

    [Fact]
    public void Legend_HasASwitchForEachColourVariantAndScale()
    {
        Series[] lines =
        [
            Series.OverEpochs("a", 0, [1, 2]) with { Variant = "training" },
            Series.OverEpochs("a", 0, [1, 2]) with { Variant = "held out", Dashed = true },
            Series.OverEpochs("b", 1, [1, 2]) with { Variant = "training" },
        ];
        string html = Html(new FigureGroup([new LineChart("Loss", ChartAxis.Epoch, ChartAxis.Loss, lines)]));

        string[] switches = [.. Parse(html).Descendants("input").Select(i => (string)i.Attribute("id")!)];
        Assert.Equal(["group-r0", "group-r1", "group-v-training", "group-v-held-out", "group-log"], switches);
        Assert.All(switches, id => Assert.Contains($"#{id}:", html, StringComparison.Ordinal));
        Assert.Contains(Parse(html).Descendants("g"), g => g.Attribute("class")?.Value == "dashed v-held-out");
    }

    [Fact]
    public void Table_MarksTheBestOfThoseInTheContest()
    {
        TableRow[] rows =
        [
            new("a", 3, "x"), new("b", 1, "y") { IsOutOfContest = true }, new("c", 2, "z"), new("d", double.NaN, TableCell.None),
        ];
        XElement page = Page(new ReportTable([new("Name"), new("Size", Best.Low), new("Word") { IsText = true }], rows));

        XElement[] cells = [.. page.Descendants("tbody").Elements("tr").Select(row => row.Elements("td").First())];
        Assert.Equal([null, null, "best", "warn"], cells.Select(cell => (string?)cell.Attribute("class")));
        Assert.Equal(["3", "1", "2", ""], cells.Select(cell => (string?)cell.Attribute("data-value")));
    }

    [Fact]
    public void Bars_BeginAtZeroAndEndAtTheirValues()
    {
        var chart = new BarChart("Bars", ChartAxis.Accuracy, [new Bar("a", 0.5), new Bar("b", 1) { Spread = (0.75, 1) }]);

        XElement[] bars = [.. Draw(chart).Descendants("rect")];

        Assert.Equal([175.0, 350], bars.Select(bar => (double)bar.Attribute("width")!));
        XElement first = Draw(chart).Descendants("g").First(g => g.Attribute("class")?.Value == "run bar r0");
        Assert.Equal("50.00%", first.Elements("text").Last().Value);
    }

    [Fact]
    public void Surface_HasLevelsPathsAndPlaces()
    {
        XElement drawing = Draw(Bowl());

        Assert.Matches("^0 0 [0-9]+ [0-9]+$", drawing.DescendantsAndSelf("svg").Single().Attribute("viewBox")?.Value);
        Assert.NotEmpty(drawing.Descendants("g").First(g => g.Attribute("class")?.Value == "field").Elements("rect"));
        Assert.Contains(drawing.Descendants("g"), g => g.Attribute("class")?.Value == "run r1");
        Assert.Contains(drawing.Descendants("text"), text => text.Value == "minimum");
        Assert.InRange(drawing.ToString().Length, 10_000, 400_000);
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(0.81)]
    public void LevelLines_OfABowl_LieOnACircle(double level)
    {
        double[,] values = Bowl().Sample();
        int middle = (values.GetLength(0) - 1) / 2;

        var pieces = LevelLines.Trace(values, level).ToArray();

        Assert.NotEmpty(pieces);
        Assert.All(pieces, piece => Assert.Equal(
            Math.Sqrt(level) * middle, Math.Sqrt(Math.Pow(piece.X1 - middle, 2) + Math.Pow(piece.Y1 - middle, 2)), 0.02));
    }

    [Theory]
    [InlineData(2, 0, 2, 0, 0.5)]
    [InlineData(0, 1, 0, 2, 0.5)]
    [InlineData(3, 0, 3, 0, 2)]
    public void LevelLines_OfASaddle_KeepTheCornersOnTheirSides(double c0, double c1, double c2, double c3, double level)
    {
        // Two pieces, each around a corner: that corner is on the other side than the middle.
        double[] corners = [c0, c1, c2, c3];
        var pieces = LevelLines.Trace(new[,] { { c0, c1 }, { c3, c2 } }, level).ToArray();

        bool middle = corners.Average() > level;
        (double X, double Y)[] places = [(0, 0), (1, 0), (1, 1), (0, 1)];
        foreach (var piece in pieces)
        {
            (double x, double y) = ((piece.X1 + piece.X2) / 2, (piece.Y1 + piece.Y2) / 2);
            int corner = Enumerable.Range(0, 4).MinBy(i => Math.Abs(places[i].X - x) + Math.Abs(places[i].Y - y));
            Assert.NotEqual(middle, corners[corner] > level);
        }
        Assert.Equal(2, pieces.Length);
    }

    [Theory]
    [InlineData(1e-4, 1e-1, new[] { 1e-4, 1e-3, 1e-2, 1e-1 })]
    [InlineData(0.3, 4, new[] { 0.2, 0.5, 1, 2, 5 })]
    [InlineData(5, 5, new[] { 5.0, 10 })]
    [InlineData(1e-12, 1, new[] { 1e-12, 1e-10, 1e-8, 1e-6, 1e-4, 1e-2, 1 })]
    [InlineData(-1, 1, new[] { 0.1, 0.2, 0.5, 1 })]
    public void Powers_OfARange_HaveRoundTicksThatCoverIt(double minimum, double maximum, double[] ticks)
    {
        var axis = AxisTicks.Powers(minimum, maximum);

        Assert.Equal(ticks, axis.Ticks.Select(tick => double.Parse($"{tick:G12}", CultureInfo.InvariantCulture)));
        Assert.True(axis.High > axis.Low);
        if (minimum > 0)
            Assert.InRange(axis.Fraction(minimum), -1e-9, axis.Fraction(maximum));
    }

    [Theory]
    [InlineData(0.125, "0.125")]
    [InlineData(1234.5678, "1234.57")]
    [InlineData(1.5e-8, "1.5e-8")]
    [InlineData(3e9, "3e+9")]
    [InlineData(0.0, "0")]
    [InlineData(double.NaN, "no number")]
    public void Short_OfANumber_HasSixDigitsAtMost(double value, string text) => Assert.Equal(text, ChartAxis.Short(value));

    private static LineChart Chart(ChartAxis across, double[] x) =>
        new("Chart", across, new ChartAxis("value"), [new("a", x, [.. x.Select(value => 2 * value)]), new("b", x, x) { Slot = 1 }]);

    private static SurfacePicture Bowl() => new("Bowl", (-1, 1), (-1, 1), (x, y) => x * x + y * y)
    {
        Paths = [new("a", [(0.9, 0.9), (0.5, 0.5), (0.1, 0)]), new("b", [(-1, 1), (double.NaN, 0)]) { Slot = 1 }],
        Places = [new("minimum", 0, 0)],
    };

    private static XElement Draw(IPicture picture) => picture.Draw("it").First();

    private static IEnumerable<(double X, double Y)> Points(XElement drawing) => Number()
        .Matches((string)drawing.Descendants("path").First(p => p.Parent!.Attribute("class")?.Value == "solid").Attribute("d")!)
        .Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture)).Chunk(2).Select(pair => (pair[0], pair[1]));

    private static XElement Page(params IReportBlock[] blocks) => Parse(Html(blocks));

    private static string Html(params IReportBlock[] blocks) => HtmlReport.Write(new ReportPage("Title")
    {
        Sections = [new("Section", blocks)],
        Version = "1.2.3",
        Started = default,
    });

    /// <summary>The page as XML, without what is no markup: the style and the scripts.</summary>
    private static XElement Parse(string html) =>
        XElement.Parse(StyleAndScript().Replace(html, "").Replace("<!DOCTYPE html>", "", StringComparison.Ordinal));

    [GeneratedRegex("<(style|script)[^>]*>.*?</\\1>", RegexOptions.Singleline)]
    private static partial Regex StyleAndScript();

    [GeneratedRegex("-?[0-9.]+")]
    private static partial Regex Number();
}
