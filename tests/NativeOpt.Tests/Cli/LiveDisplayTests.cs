using System.Text.RegularExpressions;
using NativeOpt.Cli.Comparison;
using NativeOpt.Cli.Display;
using Xunit;

namespace NativeOpt.Tests.Cli;

public partial class LiveDisplayTests
{
    [Theory]
    [InlineData("adam")]
    [InlineData("adam(lr=[red]0.1[/])")]
    [InlineData("adam(lr=0.002,beta_1=0.85,beta_2=0.99,epsilon=1e-5,amsgrad=true)")]
    public void Summarize_KeepsEveryCellInOneLine(string label)
    {
        ComparisonResults results = SampleResults.WithDiverged(SampleResults.Create(3, "sgd", label), 0, from: 2);
        using var output = new StringWriter();

        new LiveDisplay(output, width: 200).Summarize(results);

        string[] rows = [.. Lines(output).Select(line => line.Trim())
            .Where(line => line.Contains("0.01", StringComparison.Ordinal))];
        Assert.Equal(2, rows.Length);
        Assert.Equal(5, rows[0].Split("diverged").Length - 1);
        Assert.StartsWith(label, rows[1], StringComparison.Ordinal);
        Assert.EndsWith("41,538", rows[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(200)]
    public void Summarize_InATerminalOfAnyWidth_StaysInside(int width)
    {
        ComparisonResults results = SampleResults.Create(3, "sgd", "adam(lr=0.002,beta_1=0.85,epsilon=1e-5,amsgrad=true)");
        using var output = new StringWriter();

        new LiveDisplay(output, width).Summarize(results);

        string[] lines = Lines(output);
        Assert.All(lines, line => Assert.True(line.TrimEnd().Length <= width, line));
        Assert.Single(lines, line => line.Contains("adam(lr=0.0", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(60, 8, true, true)]
    [InlineData(60, 16, true, false)]
    [InlineData(80, 8, true, true)]
    [InlineData(120, 8, true, true)]
    [InlineData(80, 40, true, true)]
    [InlineData(30, 40, false, false)]
    public void Layout_ForAWidth_FitsIntoIt(int width, int longest, bool loss, bool accuracy)
    {
        var layout = LiveLayout.For(width, longest);

        Assert.Equal((loss, accuracy), (layout.Loss, layout.Accuracy));
        int used = layout.Label + 1 + 14 + (layout.Bar > 0 ? layout.Bar + 1 : 0) + (layout.Loss ? 14 : 0) + (layout.Accuracy ? 17 : 0)
            + (layout.Pace ? 20 : 0);
        Assert.True(used <= Math.Max(width, 31), $"{layout} takes {used}");
    }

    [Fact]
    public void Labels_ThatAreCut_StayDifferent()
    {
        Assert.Equal(["sgd(mome\u2026", "adam"], Labels.Fit(["sgd(momentum=0.9)", "adam"], 9));
        Assert.Equal(["sgd(\u2026=.1)", "sgd(\u2026=.2)"], Labels.Fit(["sgd(momentum=0.9,lr=.1)", "sgd(momentum=0.9,lr=.2)"], 9));
    }

    [Fact]
    public void Watch_ReturnsWhatTheWorkReturns()
    {
        ComparisonResults results = SampleResults.Create(2, "sgd", "[adam]");
        using var output = new StringWriter();

        ComparisonResults watched = new LiveDisplay(output).Watch(["sgd", "[adam]"], watcher =>
        {
            for (int run = 0; run < 2; run++)
            {
                watcher.RunStarted(run);
                watcher.Advanced(run, new RunProgress(1, 2, 0.25, Loss: 0.5, Accuracy: 0.75, SamplesPerSecond: 1000));
                watcher.EpochEnded(run, 2, results.Runs[run].Epochs[0]);
                watcher.RunEnded(run, results.Runs[run]);
            }
            return results;
        });

        Assert.Same(results, watched);
    }

    [Fact]
    public void Watch_OfWorkThatIsCancelled_PassesItOn()
    {
        using var output = new StringWriter();

        Assert.Throws<OperationCanceledException>(() =>
            new LiveDisplay(output).Watch(["sgd"], _ => throw new OperationCanceledException()));
    }

    /// <summary>What a terminal shows, without colours.</summary>
    private static string[] Lines(StringWriter output) => Colours().Replace(output.ToString(), "").Split('\n');

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex Colours();
}
