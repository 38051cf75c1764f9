using System.Text.Json;
using System.Xml.Linq;
using NativeOpt.Cli.Commands;
using NativeOpt.Cli.Report.Charts;
using Xunit;

namespace NativeOpt.Tests.Cli;

/// <summary>`nativeopt schedule`: the table, the JSON, the files, and what is refused.</summary>
public sealed class ScheduleCommandTests
{
    private const string Text = "linear_lr(initial_learning_rate=0.1, start_factor=0.5, total_iters=4)";

    public static TheoryData<string, string> Unusable => new()
    {
        { "schedule cosin_decay(1)", "did you mean 'cosine_decay'?" },
        { "schedule step_lr(step_size=0)", "schedule is 'step_lr(step_size=0)'" },
        { "schedule constant(0.1) --steps 0", "--steps is '0'; it must be a whole number from 1 to" },
        { "schedule", "schedule" },
    };

    [Fact]
    public void Table_HasTheFirstAndTheLastStep()
    {
        Cli.Outcome outcome = Cli.Run("schedule", Text, "--steps", "6");

        string[] lines = outcome.Output.TrimEnd().Split('\n');
        Assert.Equal((ExitCode.Success, ""), (outcome.ExitCode, outcome.Error));
        Assert.Equal(["0  0.05", "1  0.0625", "2  0.075", "3  0.0875", "4  0.1", "5  0.1"],
            lines[2..].Select(line => line.Split('#')[0].Trim()));
        Assert.Equal([20, 25, 30, 35, 40, 40], lines[2..].Select(line => line.Count(c => c == '#')));
    }

    [Fact]
    public void Json_HasAllValues()
    {
        Cli.Outcome outcome = Cli.Run("schedule", Text, "--steps", "30", "--json");

        using JsonDocument document = JsonDocument.Parse(outcome.Output);
        Assert.Equal(Schedule.Parse(Text).Preview(30), document.RootElement.GetProperty("values").EnumerateArray().Select(v => v.GetDouble()));
        Assert.Equal(Schedule.Parse(Text), Schedule.Parse(document.RootElement.GetProperty("schedule").GetString()!));
    }

    [Fact]
    public void Output_HasThePictureAndTheValues()
    {
        using var folder = new TemporaryFolder();

        Cli.Outcome outcome = Cli.Run(
            "schedule", "linear_lr(initial_learning_rate=1, start_factor=0.5, total_iters=4)", "--steps", "3", "--output", folder["out"]);

        Assert.Equal(ExitCode.Success, outcome.ExitCode);
        Assert.Equal("step,value\n0,0.5\n1,0.625\n2,0.75\n", File.ReadAllText(Path.Combine(folder["out"], "schedule.csv")));
        XElement svg = XElement.Load(Path.Combine(folder["out"], "schedule.svg"));
        Assert.Equal("http://www.w3.org/2000/svg", svg.Name.NamespaceName);
        Assert.Contains("linear_lr", svg.Element(svg.Name.Namespace + "title")!.Value, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Unusable))]
    public void WhatCannotBeUsed_IsBadInput(string arguments, string complaint)
    {
        Cli.Outcome outcome = Cli.Run(arguments.Split(' '));

        Assert.Equal((ExitCode.BadInput, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains(complaint, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Picture_OfVeryManySteps_StaysSmallAndKeepsItsPeaks()
    {
        double[] values = new double[1_000_000];
        values[123_456] = 1;

        string picture = SchedulePicture.Draw("peak", values);

        Assert.InRange(picture.Length, 1_000, 40_000);
        Assert.Contains($" {PlotArea.Top}", picture, StringComparison.Ordinal);
    }
}
