using System.Text.Json;
using NativeOpt.Cli.Commands;
using Xunit;

namespace NativeOpt.Tests.Cli;

/// <summary>`nativeopt lr-find`.</summary>
public sealed class LearningRateCommandTests
{
    [Fact]
    public void OnDigits_SuggestsARateThatTrains()
    {
        using var folder = new TemporaryFolder();

        Cli.Outcome outcome = Cli.Run(
            "lr-find", "--dataset", "digits", "--optimizer", "sgd", "--backend", "managed", "--steps", "60", "--output", folder["out"]);

        Assert.Equal((ExitCode.Success, ""), (outcome.ExitCode, outcome.Error));
        Assert.Contains("suggestion: ", outcome.Output, StringComparison.Ordinal);
        string[] lines = File.ReadAllLines(folder["out/lr-find.csv"]);
        Assert.Equal("learning_rate,loss", lines[0]);
        Assert.InRange(lines.Length, 20, 61);
    }

    [Fact]
    public void Json_HasTheCurveOfTheLibrary()
    {
        string[] arguments = ["lr-find", "--dataset", "make-blobs", "--backend", "managed", "--from", "1e-4", "--to", "1", "--steps", "30",
            "--json"];

        using JsonDocument first = JsonDocument.Parse(Cli.Run(arguments).Output);

        double[] rates = [.. first.RootElement.GetProperty("learningRates").EnumerateArray().Select(rate => rate.GetDouble())];
        double suggestion = first.RootElement.GetProperty("suggestion").GetDouble();
        Assert.Equal(1e-4, rates[0], 1e-12);
        Assert.Contains(suggestion, rates);
        Assert.Equal(Cli.Run(arguments).Output, Cli.Run(arguments).Output);
    }

    [Theory]
    [InlineData("", "there is nothing to learn from")]
    [InlineData("--dataset iris --from 0", "--from is '0'; it must be greater than 0")]
    [InlineData("--dataset iris --from 1 --to 0.5", "--to is 0.5; it must be greater than --from, which is 1")]
    [InlineData("--dataset iris --steps 3", "--steps is '3'; it must be a whole number from 10 to")]
    [InlineData("--dataset iris --schedule x", "unknown option of lr-find '--schedule'")]
    public void WhatCannotBeUsed_IsBadInput(string arguments, string complaint)
    {
        Cli.Outcome outcome = Cli.Run(["lr-find", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Equal((ExitCode.BadInput, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains(complaint, outcome.Error, StringComparison.Ordinal);
    }
}
