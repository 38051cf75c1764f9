using NativeOpt.Cli.Comparison;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Display;

/// <summary>One line an epoch and a table of spaces: for files, pipes and terminals that cannot redraw.</summary>
internal sealed class PlainDisplay(TextWriter output) : IComparisonDisplay, IComparisonWatcher
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
        string label = _labels[run].PadRight(_labels.Max(l => l.Length));
        string number = $"{epoch.Epoch}".PadLeft($"{epochs}".Length);
        output.WriteLine($"{label}  epoch {number}/{epochs}  loss {LossText(epoch.Loss)}  accuracy {Share(epoch.Accuracy)}  "
            + $"validation loss {LossText(epoch.ValLoss)}  accuracy {Share(epoch.ValAccuracy)}  "
            + $"{Seconds(epoch.Seconds)}  {Count(epoch.SamplesPerSecond)} samples/s");
        output.Flush();
    }

    /// <inheritdoc/>
    public void RunEnded(int run, RunResult result) { }

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
}
