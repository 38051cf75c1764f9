using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NativeOpt.Cli.Commands;
using Xunit;

namespace NativeOpt.Tests.Cli;

/// <summary>An experiment that was run, and what it wrote.</summary>
internal sealed partial record TutorialRun(string Output, JsonElement Results, string[] History, XElement Page)
{
    /// <summary>The runs of results.json.</summary>
    public JsonElement[] Runs => [.. Results.GetProperty("runs").EnumerateArray()];

    /// <summary>All sentences of the verdict.</summary>
    public string Verdict => string.Join(' ', Results.GetProperty("verdict").EnumerateArray().Select(v => v.GetString()));

    /// <summary>Runs an experiment, which must succeed, and reads its files.</summary>
    public static TutorialRun Of(string name, params string[] options)
    {
        using var folder = new TemporaryFolder();
        Cli.Outcome outcome = Cli.Run(["tutorial", name, .. options, "--output", folder.Path]);
        Assert.Equal(("", ExitCode.Success), (outcome.Error, outcome.ExitCode));
        string html = File.ReadAllText(folder["report.html"]);
        Assert.DoesNotContain("://", html, StringComparison.Ordinal);
        XElement page = XElement.Parse(StyleAndScript().Replace(html, "").Replace("<!DOCTYPE html>", "", StringComparison.Ordinal));
        Assert.DoesNotContain("NaN", page.ToString(), StringComparison.Ordinal);
        return new TutorialRun(
            outcome.Output,
            JsonDocument.Parse(File.ReadAllText(folder["results.json"])).RootElement,
            File.Exists(folder["history.csv"]) ? File.ReadAllLines(folder["history.csv"]) : [],
            page);
    }

    /// <summary>A number of each run of a label, one a seed.</summary>
    public double[] Of(string label, string member) =>
        [.. Runs.Where(run => run.GetProperty("label").GetString() == label).Select(run => run.GetProperty(member).GetDouble())];

    [GeneratedRegex("<(style|script)[^>]*>.*?</\\1>", RegexOptions.Singleline)]
    private static partial Regex StyleAndScript();
}
