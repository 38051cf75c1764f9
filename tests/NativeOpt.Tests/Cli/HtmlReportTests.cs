using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NativeOpt.Cli.Comparison;
using NativeOpt.Cli.Report;
using NativeOpt.Cli.Report.Compare;
using Xunit;

namespace NativeOpt.Tests.Cli;

public partial class HtmlReportTests
{
    private const string Hostile = "<script>alert(\"1\")</script>&'{{data}}";

    public static TheoryData<string> Shapes =>
        ["five runs", "one epoch", "many runs", "diverged at once", "diverged later", "hostile names"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Write_OfAnyResults_IsWellFormedAndAsksForNothing(string shape)
    {
        ComparisonResults results = Sample(shape);
        string html = Write(results);

        XElement page = Parse(html);
        Assert.Equal(["loss", "loss-log", "accuracy", "time-per-epoch", "learning-rate"],
            page.Descendants("figure").Descendants("svg").Select(svg => (string?)svg.Attribute("id")));
        Assert.Equal(results.Runs.Count, page.Descendants("tbody").Single().Elements("tr").Count());
        Assert.DoesNotContain("://", html, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", Coordinates(page), StringComparison.Ordinal);
        string[] links = [.. page.Descendants().Attributes().Where(a => a.Name.LocalName is "src" or "href").Select(a => a.Value)];
        Assert.Equal(["results.json", "history.csv"], links);
    }

    [Fact]
    public void Write_OfHostileNames_EscapesThemEverywhere()
    {
        ComparisonResults results = Sample("hostile names");
        string html = Write(results);

        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.Contains(Parse(html).Descendants("th"), cell => cell.Value == Hostile);
        using var data = JsonDocument.Parse(DataOf(html));
        foreach (JsonProperty chart in data.RootElement.EnumerateObject())
            Assert.Equal(Hostile, chart.Value.GetProperty("series")[0].GetProperty("label").GetString());
    }

    [Fact]
    public void Write_OfADivergedRun_SaysSoInTextAndTable()
    {
        XElement page = Parse(Write(Sample("diverged later")));

        Assert.Contains("Diverged (the loss was no longer a number): momentum.", page.Descendants("p").Select(p => p.Value));
        XElement row = page.Descendants("tbody").Single().Elements("tr").ElementAt(1);
        Assert.Equal(5, row.Elements("td").Count(cell => cell.Value == "diverged"));
        Assert.DoesNotContain(page.Descendants("p"), p => p.Value.StartsWith("momentum classified", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_OfADivergedRunThatWasQuickest_GivesItNoBestMark()
    {
        ComparisonResults results = SampleResults.WithDiverged(SampleResults.Create(3), 0, from: 2);
        XElement page = Parse(Write(results));

        XElement[] rows = [.. page.Descendants("tbody").Single().Elements("tr")];
        Assert.DoesNotContain(rows[0].Elements("td"), cell => (string?)cell.Attribute("class") == "best");
        Assert.Equal("best", (string?)rows[1].Elements("td").ElementAt(6).Attribute("class"));
        Assert.Contains(page.Descendants("p"), p => p.Value.Contains("The quickest was momentum", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_OfTimesThatReadTheSame_MarksAndNamesThemAll()
    {
        ComparisonResults results = SampleResults.Create(3);
        RunResult[] runs = [.. results.Runs];
        runs[0] = runs[0] with { SecondsPerEpoch = 1.1961 };
        runs[1] = runs[1] with { SecondsPerEpoch = 1.1999 };
        XElement page = Parse(Write(results with { Runs = runs }));

        bool[] marked = [.. page.Descendants("tbody").Single().Elements("tr")
            .Select(row => (string?)row.Elements("td").ElementAt(6).Attribute("class") == "best")];
        Assert.Equal([true, true, false, false, false], marked);
        Assert.Contains(page.Descendants("p"),
            p => p.Value.Contains("The quickest were sgd and momentum with 1.20 s an epoch.", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_OfFiveRuns_DrawsEveryEpochOfBothLines()
    {
        XElement page = Parse(Write(Sample("five runs")));

        XElement loss = page.Descendants("svg").Single(svg => (string?)svg.Attribute("id") == "loss");
        string[] paths = [.. loss.Descendants("path")
            .Where(p => p.Parent!.Attribute("class")?.Value is "solid v-training" or "dashed v-validation")
            .Select(p => p.Attribute("d")!.Value)];
        Assert.Equal(10, paths.Length);
        Assert.All(paths, path => Assert.Equal(9, path.Count(c => c == 'L')));
        Assert.Equal(100, loss.Descendants("title").Count());
    }

    [Fact]
    public void Write_ListsTheSettingsThatAreOn()
    {
        XElement page = Parse(Write(SampleResults.Create()));

        Assert.Equal(
            ["learning_rate = 0.01", "learning_rate = 0.01", "learning_rate = 0.01, nesterov", "learning_rate = 0.001"],
            page.Descendants("dl").First().Descendants("dd").Select(d => d.Value).Take(4));
    }

    [Fact]
    public void Write_WithALargeRateAndKerasConvention_WritesItShortAndLeavesTheConventionOut()
    {
        ComparisonResults results = SampleResults.Create();
        RunResult[] runs = [.. results.Runs];
        runs[0] = runs[0] with { Hyperparameters = new() { ["learning_rate"] = 1e9, ["convention"] = "keras" } };
        runs[1] = runs[1] with { Hyperparameters = new() { ["convention"] = "pytorch" } };

        XElement page = Parse(Write(results with { Runs = runs }));

        Assert.Equal(
            ["learning_rate = 1e+09", "convention = pytorch"],
            page.Descendants("dl").First().Descendants("dd").Select(d => d.Value).Take(2));
    }

    [Fact]
    public void Write_WithALossFarAboveTheOthers_ClipsItAndSaysSo()
    {
        ComparisonResults results = SampleResults.Create();
        RunResult[] runs = [.. results.Runs];
        runs[0] = runs[0] with { Epochs = [.. runs[0].Epochs.Select(e => e with { Loss = 1e30 * e.Epoch })] };

        XElement page = Parse(Write(results with { Runs = runs }));

        Assert.Contains(page.Descendants("figcaption"), c => c.Value.Contains("beyond the chart", StringComparison.Ordinal));
        Assert.Contains(page.Descendants("text"), t => t.Value == "0.6");
    }

    [Fact]
    public void Write_OfTheSameResults_GivesTheSameBytes() =>
        Assert.Equal(Write(Sample("many runs")), Write(Sample("many runs")));

    private static string Write(ComparisonResults results) => HtmlReport.Write(CompareReport.Create(results));

    private static ComparisonResults Sample(string shape) => shape switch
    {
        "one epoch" => SampleResults.Create(1),
        "many runs" => SampleResults.Create(25, [.. Enumerable.Range(1, 40).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"adam(lr={0.001 * i:0.###})"))]),
        "diverged at once" => SampleResults.WithDiverged(SampleResults.Create(3, "adam"), 0, from: 1),
        "diverged later" => SampleResults.WithDiverged(SampleResults.Create(), 1, from: 4),
        "hostile names" => SampleResults.Create(2, Hostile, "--><svg onload=\"x\">"),
        _ => SampleResults.Create(),
    };

    private static string DataOf(string html) => DataElement().Match(html).Groups[1].Value;

    /// <summary>The page as XML, without what is no markup: the style and the scripts.</summary>
    private static XElement Parse(string html) =>
        XElement.Parse(StyleAndScript().Replace(html, "").Replace("<!DOCTYPE html>", "", StringComparison.Ordinal));

    private static string Coordinates(XElement page) => string.Join(' ', page.Descendants("svg").DescendantsAndSelf().Attributes()
        .Where(a => a.Name.LocalName is "d" or "x" or "y" or "cx" or "cy" or "x1" or "x2" or "y1" or "y2").Select(a => a.Value));

    [GeneratedRegex("<script type=\"application/json\" id=\"hover\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex DataElement();

    [GeneratedRegex("<(style|script)[^>]*>.*?</\\1>", RegexOptions.Singleline)]
    private static partial Regex StyleAndScript();
}
