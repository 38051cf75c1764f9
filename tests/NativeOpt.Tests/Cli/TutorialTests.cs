using System.Text.Json;
using NativeOpt.Cli.Commands;
using NativeOpt.Cli.Tutorial;
using Xunit;

namespace NativeOpt.Tests.Cli;

/// <summary>`nativeopt tutorial`: what holds for all experiments.</summary>
public class TutorialTests
{
    public static TheoryData<string> Names => [.. Experiments.All.Select(experiment => experiment.Name)];

    public static TheoryData<string, string> Unusable => new()
    {
        { "make-clasification", "unknown experiment 'make-clasification'; did you mean 'make-classification'?" },
        { "make-classification --full-grid", "--full-grid cannot be used with make-classification; it takes --seeds, --epochs" },
        { "make-classification --rows 500", "--rows cannot be used with make-classification" },
        { "make-classification --seeds 0", "--seeds is '0'; it must be a whole number from 1 to" },
        { "make-classification --epochs x", "--epochs is 'x'; it must be a whole number" },
        { "make-classification --backend cuda", "--backend: unknown backend 'cuda'" },
        { "make-classification --output /proc/nothing", "--output is '/proc/nothing'" },
        { "", "Required argument 'name' missing for" },
    };

    [Fact]
    public void List_NamesEveryExperimentInALine()
    {
        Cli.Outcome outcome = Cli.Run("tutorial", "list");

        string[] lines = outcome.Output.TrimEnd().Split('\n');
        Assert.Equal((ExitCode.Success, ""), (outcome.ExitCode, outcome.Error));
        Assert.Equal(Experiments.All.Select(experiment => experiment.Name), lines.Select(line => line.Split(' ')[0]));
        Assert.All(lines, line => Assert.InRange(line.TrimEnd().Length, 20, 120));
    }

    [Fact]
    public void List_AsJson_HasTheOptionsOfEach()
    {
        using var document = JsonDocument.Parse(Cli.Run("tutorial", "list", "--json").Output);

        JsonElement first = document.RootElement.GetProperty("experiments")[0];
        Assert.Equal("make-classification", first.GetProperty("name").GetString());
        Assert.Equal(["--seeds", "--epochs"], first.GetProperty("options").EnumerateArray().Select(o => o.GetString()));
    }

    [Fact]
    public void Help_ListsTheExperiments()
    {
        string help = Cli.Run("tutorial", "--help").Output;

        Assert.All(Experiments.All, experiment => Assert.Contains($"  {experiment.Name} ", help, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Experiments_AreDescribedInAShortLine(string name)
    {
        IExperiment experiment = Experiments.Find(name);

        Assert.Matches("^[a-z0-9-]+$", experiment.Name);
        Assert.InRange(experiment.Summary.Length, 10, 80);
        Assert.False(experiment.Summary.EndsWith('.'));
        Assert.Matches("^[0-9]+ (s|min)$", experiment.Duration);
        Assert.NotEmpty(experiment.CsvFiles);
    }

    [Theory]
    [MemberData(nameof(Unusable))]
    public void WhatCannotBeUsed_IsBadInput(string arguments, string complaint)
    {
        Cli.Outcome outcome = Cli.Run(["tutorial", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Equal((ExitCode.BadInput, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains(complaint, outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("make-classification")]
    [InlineData("batch-sizes")]
    public void Interrupted_WritesNothing(string name)
    {
        using var folder = new TemporaryFolder();
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        Assert.ThrowsAny<OperationCanceledException>(() => Cli.Run(
            source.Token, "tutorial", name, "--epochs", "100000", "--backend", "managed", "--output", folder["out"]));

        Assert.Empty(folder.Entries());
    }

    [Fact]
    public void Json_IsTheOnlyOutput_AndTheSameAsTheFile()
    {
        using var folder = new TemporaryFolder();

        Cli.Outcome outcome = Cli.Run(
            "tutorial", "make-classification", "--quick", "--epochs", "2", "--backend", "managed", "--json", "--output", folder.Path);

        Assert.Equal(ExitCode.Success, outcome.ExitCode);
        Assert.Equal(File.ReadAllText(folder["results.json"]), outcome.Output);
        Assert.Contains("[9/9] adadelta(lr=1)", outcome.Error, StringComparison.Ordinal);
        JsonElement root = JsonDocument.Parse(outcome.Output).RootElement;
        Assert.Equal("nativeopt-tutorial/1", root.GetProperty("schema").GetString());
        Assert.Equal("managed", root.GetProperty("machine").GetProperty("backend").GetString());
        Assert.NotEqual(0, root.GetProperty("verdict").GetArrayLength());
    }
}
