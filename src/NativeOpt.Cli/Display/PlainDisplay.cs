using NativeOpt.Cli.Comparison;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Display;

/// <summary>Lines and a table of spaces: for files, pipes and terminals that cannot redraw.</summary>
/// <param name="output">Where they go.</param>
/// <param name="everyEpoch">Whether there is a line for each epoch, or only one for each run.</param>
internal sealed class PlainDisplay(TextWriter output, bool everyEpoch = true) : IComparisonDisplay, IComparisonWatcher
{
    private IReadOnlyList<string> _labels = [];

    /// <inheritdoc/>
    public ComparisonResults Watch(IReadOnlyList<string> labels, Func<IComparisonWatcher, ComparisonResults> work)
    {
        _labels = labels;
        return work(this);
    }

    /// <inheritdoc/>
    public void RunStarted(int run) { }

    /// <inheritdoc/>
    public void Advanced(int run, RunProgress progress) { }

    /// <inheritdoc/>
    public void EpochEnded(int run, int epochs, EpochNumbers epoch)
    {
        if (!everyEpoch)
            return;
        string label = Label(run);
        string number = $"{epoch.Epoch}".PadLeft($"{epochs}".Length);
        output.WriteLine($"{label}  epoch {number}/{epochs}  loss {LossText(epoch.Loss)}  accuracy {Share(epoch.Accuracy)}  "
            + $"validation loss {LossText(epoch.ValLoss)}  accuracy {Share(epoch.ValAccuracy)}  "
            + $"{Seconds(epoch.Seconds)}  {Count(epoch.SamplesPerSecond)} samples/s");
        output.Flush();
    }

    /// <inheritdoc/>
    public void RunEnded(int run, RunResult result)
    {
        if (everyEpoch)
            return;
        string number = $"{run + 1}".PadLeft($"{_labels.Count}".Length);
        output.WriteLine($"{number}/{_labels.Count}  {Label(run)}  validation loss {LossText(result.Last.ValLoss)}  "
            + $"test accuracy {Share(result.TestAccuracy)}{Spread(result.TestAccuracyDeviation)}  "
            + $"{Seconds(result.SecondsPerEpoch)} an epoch");
        output.Flush();
    }

    /// <inheritdoc/>
    public void Summarize(ComparisonResults results)
    {
        string[][] lines =
        [
            [.. SummaryTable.Heads.Select(head => head.Upper)],
            [.. SummaryTable.Heads.Select(head => head.Lower)],
            .. SummaryTable.Rows(results),
        ];
        int[] widths = [.. Enumerable.Range(0, SummaryTable.Heads.Length).Select(column => lines.Max(line => line[column].Length))];
        output.WriteLine();
        for (int i = 0; i < lines.Length; i++)
        {
            output.WriteLine(string.Join("  ", lines[i].Select((cell, column) =>
                column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))).TrimEnd());
            if (i == 1)
                output.WriteLine(string.Join("  ", widths.Select(width => new string('-', width))));
        }
        output.WriteLine();
    }

    private string Label(int run) => _labels[run].PadRight(_labels.Max(label => label.Length));
}
