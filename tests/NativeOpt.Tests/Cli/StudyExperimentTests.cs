using System.Text.Json;
using NativeOpt.Cli.Tutorial;
using NativeOpt.Cli.Tutorial.Claims;
using Xunit;

namespace NativeOpt.Tests.Cli;

/// <summary>The experiments on gradients, overfitting, inputs, surfaces and claims as commands, in their shortest form.</summary>
public sealed class StudyExperimentTests
{
    [Theory]
    [InlineData("gradients", 11)]
    [InlineData("overfitting", 6)]
    [InlineData("inputs", 40)]
    [InlineData("surfaces", 42)]
    public void Quick_WritesAReportWithItsNumbers(string name, int runs)
    {
        TutorialRun run = TutorialRun.Of(name, "--quick");

        Assert.Equal(runs, run.Runs.Length);
        Assert.NotEqual("", run.Verdict);
        Assert.Contains(run.Page.Descendants(), element => element.Name.LocalName == "table");
        Assert.Contains(run.Page.Descendants(), element => element.Name.LocalName == "svg");
    }

    [Fact]
    public void ProsAndCons_JudgeEachClaim_AndAdamNeedsNoLessMemory()
    {
        TutorialRun run = TutorialRun.Of("pros-cons", "--quick");

        JsonElement[] claims = [.. run.Results.GetProperty("claims").EnumerateArray()];
        Assert.Equal(ClaimsStudy.Claims.Count, claims.Length);
        Assert.All(claims, claim => Assert.Contains(
            claim.GetProperty("verdict").GetString(), (string[])["supported", "not supported", "depends"]));
        JsonElement memory = claims.Single(claim => claim.GetProperty("subject").GetString() == "Adam"
            && claim.GetProperty("claim").GetString()!.Contains("memory than", StringComparison.Ordinal));
        Assert.Equal((0, "not supported"), (memory.GetProperty("mean").GetDouble(), memory.GetProperty("verdict").GetString()));
        Assert.Contains("Adam: needs less memory than the others", run.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Table_IsTheSameInCsvAndJson()
    {
        var table = new ResultTable(["name", "value", "flag", "nothing"], [["a, b", 0.5, true, null], ["c", double.NaN, false, 3]]);

        Assert.Equal("name,value,flag,nothing\n\"a, b\",0.5,true,\nc,NaN,false,3\n", table.ToCsv());
        Assert.Equal(
            """[{"name":"a, b","value":0.5,"flag":true,"nothing":null},{"name":"c","value":null,"flag":false,"nothing":3}]""",
            table.ToJson().ToJsonString());
    }

    [Theory]
    [InlineData(new[] { 1.0, 3 }, "2 \u00b1 1.41")]
    [InlineData(new[] { 2.0, 2 }, "2")]
    [InlineData(new[] { 5.0 }, "5")]
    [InlineData(new[] { 1442.6 }, "1,443")]
    [InlineData(new[] { 2e6 }, "2e+06")]
    public void Sample_ShowsMeanAndSpread(double[] values, string expected) =>
        Assert.Equal(expected, new Sample(values).Text(NativeOpt.Cli.Output.NumberText.Significant));
}
