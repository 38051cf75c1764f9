using NativeOpt.Cli.Comparison;
using NativeOpt.Cli.Display;
using Xunit;

namespace NativeOpt.Tests.Cli;

public class LiveDisplayTests
{
    [Theory]
    [InlineData("adam")]
    [InlineData("adam(lr=[red]0.1[/])")]
    [InlineData("adam(lr=0.002,beta_1=0.85,beta_2=0.99,epsilon=1e-5,amsgrad=true)")]
    public void Summarize_KeepsEveryCellInOneLine(string label)
    {
        ComparisonResults results = SampleResults.WithDiverged(SampleResults.Create(3, "sgd", label), 0, from: 2);
        using var output = new StringWriter();

        new LiveDisplay(output).Summarize(results);

        string[] rows = [.. output.ToString().Split('\n').Select(line => line.Trim())
            .Where(line => line.Contains("0.01", StringComparison.Ordinal))];
        Assert.Equal(2, rows.Length);
        Assert.Equal(5, rows[0].Split("diverged").Length - 1);
        Assert.StartsWith(label, rows[1], StringComparison.Ordinal);
        Assert.EndsWith("41,538", rows[1], StringComparison.Ordinal);
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
}
