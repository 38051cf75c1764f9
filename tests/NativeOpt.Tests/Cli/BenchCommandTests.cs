using System.Text.Json;
using NativeOpt.Cli.Bench;
using NativeOpt.Cli.Commands;
using NativeOpt.Cli.Display;
using Xunit;

namespace NativeOpt.Tests.Cli;

/// <summary>`nativeopt bench`: what it writes, and what it refuses; the times themselves are the machine's.</summary>
public sealed class BenchCommandTests
{
    private static readonly BenchSettings Tiny = new()
    {
        Turns = new Turns(Rounds: 3, Seconds: 0, WarmUp: 0),
        Parameters = [64],
        Layers = [(4, 8, 2)],
        Rows = 64,
        Threads = 1,
    };

    [Fact]
    public void Json_HasEveryMeasurementWithItsQuartiles()
    {
        using JsonDocument document = JsonDocument.Parse(Run(Tiny, json: true));
        JsonElement root = document.RootElement;

        Assert.Equal(3, root.GetProperty("rounds").GetInt32());
        JsonElement[] steps = [.. root.GetProperty("steps").EnumerateArray()];
        Assert.Equal(["sgd", "momentum", "adam"], steps.Select(step => step.GetProperty("rule").GetString()));
        Assert.Equal([12, 20, 28], steps.Select(step => step.GetProperty("bytesPerParameter").GetInt32()));
        JsonElement[] measured = [.. steps, .. root.GetProperty("products").EnumerateArray(), root.GetProperty("training")];
        Assert.Equal(5, measured.Length);
        Assert.All(measured, entry =>
        {
            AssertIsMeasured(entry.GetProperty("managed"));
            if (NativeOptRuntime.IsNativeAvailable)
                AssertIsMeasured(entry.GetProperty("native"));
            else
                Assert.Equal(JsonValueKind.Null, entry.GetProperty("native").ValueKind);
        });
    }

    [Fact]
    public void Text_HasALineForEachMeasurementAndFitsInto80Columns()
    {
        string[] lines = Run(Tiny, json: false).Split(Environment.NewLine);

        Assert.Single(lines, line => line.StartsWith("adam, 64 parameters ", StringComparison.Ordinal));
        Assert.Single(lines, line => line.StartsWith("4 x 8 x 2 ", StringComparison.Ordinal));
        Assert.Single(lines, line => line.StartsWith("784-128-10, batch 32, adam ", StringComparison.Ordinal));
        Assert.All(lines.Skip(1), line => Assert.InRange(line.Length, 0, 81));
    }

    [Fact]
    public void Threads_AreThoseAskedForAndAreForgottenAfterwards()
    {
        int before = NativeOptRuntime.ThreadCount;

        using JsonDocument document = JsonDocument.Parse(Run(Tiny with { Threads = 3 }, json: true));

        int expected = NativeOptRuntime.IsNativeAvailable ? 3 : 1;
        Assert.Equal(expected, document.RootElement.GetProperty("machine").GetProperty("threads").GetInt32());
        Assert.Equal(before, NativeOptRuntime.ThreadCount);
    }

    [Fact]
    public void Interruption_EndsTheMeasurement()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => Cli.Run(source.Token, "bench", "--quick"));
    }

    [Theory]
    [InlineData("--threads 0", "--threads is '0'; it must be a whole number from 1 to 1024")]
    [InlineData("--rounds 3", "--rounds")]
    public void WhatCannotBeUsed_IsBadInput(string arguments, string complaint)
    {
        Cli.Outcome outcome = Cli.Run(["bench", .. arguments.Split(' ')]);

        Assert.Equal((ExitCode.BadInput, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains(complaint, outcome.Error, StringComparison.Ordinal);
    }

    private static void AssertIsMeasured(JsonElement measured)
    {
        double low = measured.GetProperty("low").GetDouble(), high = measured.GetProperty("high").GetDouble();
        Assert.True(low > 0);
        Assert.InRange(measured.GetProperty("median").GetDouble(), low, high);
    }

    private static string Run(BenchSettings settings, bool json)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = BenchCommand.Run(settings, json, new Terminal(output, error, IsInteractive: false), CancellationToken.None);
        Assert.Equal((ExitCode.Success, ""), (code, error.ToString()));
        return output.ToString();
    }
}
