using NativeOpt.Cli.Comparison;
using NativeOpt.Cli.Display;
using Xunit;

namespace NativeOpt.Tests.Cli;

public class PlainDisplayTests
{
    [Fact]
    public void Watch_PrintsOneLineAnEpochWithoutControlCharacters()
    {
        string text = Show(SampleResults.Create(2, "sgd", "adam(lr=0.002)"));

        string[] lines = text.Split('\n');
        Assert.Equal(
            "sgd             epoch 1/2  loss 0.6483  accuracy 75.92%  validation loss 0.6416  accuracy 77.96%  "
            + "1.20 s  45,000 samples/s",
            lines[0].TrimEnd('\r'));
        Assert.Equal(4, lines.Count(line => line.Contains("samples/s", StringComparison.Ordinal)));
        Assert.DoesNotContain(text, c => char.IsControl(c) && c is not '\n' and not '\r');
    }

    [Fact]
    public void Summarize_AlignsTheColumns()
    {
        string[] lines = [.. Show(SampleResults.Create(1)).Split(Environment.NewLine).SkipWhile(l => l.Length > 0).Skip(1).Take(8)];

        Assert.All(lines, line => Assert.True(line.Length <= lines[2].Length));
        Assert.Equal("optimizer", lines[1].Split(' ')[0]);
        Assert.Equal(["sgd", "momentum", "nesterov", "rmsprop", "adam"], lines.Skip(3).Select(l => l.Split(' ')[0]));
        Assert.All(lines.Skip(3), line => Assert.Equal(lines[2].Length, line.Length));
    }

    [Fact]
    public void Summarize_OfADivergedRun_SaysDiverged()
    {
        ComparisonResults results = SampleResults.WithDiverged(SampleResults.Create(3), 2, from: 2);

        string row = Show(results).Split('\n').Last(line => line.StartsWith("nesterov", StringComparison.Ordinal));

        Assert.Equal(5, row.Split("diverged").Length - 1);
        Assert.DoesNotContain("NaN", row, StringComparison.Ordinal);
    }

    private static string Show(ComparisonResults results)
    {
        using var output = new StringWriter();
        var display = new PlainDisplay(output);
        display.Summarize(display.Watch([.. results.Runs.Select(r => r.Label)], watcher =>
        {
            for (int run = 0; run < results.Runs.Count; run++)
            {
                watcher.RunStarted(run);
                foreach (EpochNumbers epoch in results.Runs[run].Epochs)
                    watcher.EpochEnded(run, results.Training.Epochs, epoch);
                watcher.RunEnded(run, results.Runs[run]);
            }
            return results;
        }));
        return output.ToString();
    }
}
