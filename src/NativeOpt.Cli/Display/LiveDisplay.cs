using NativeOpt.Cli.Comparison;
using NativeOpt.Cli.Output;
using Spectre.Console;
using SpectreText = Spectre.Console.Text;

namespace NativeOpt.Cli.Display;

/// <summary>A bar for every run, drawn again as it grows. The only part that loads Spectre.Console.</summary>
internal sealed class LiveDisplay : IComparisonDisplay
{
    private readonly TextWriter _output;
    private readonly IAnsiConsole _console;

    /// <summary>Draws on <paramref name="output"/>.</summary>
    public LiveDisplay(TextWriter output)
    {
        _output = output;
        _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
    }

    /// <inheritdoc/>
    public ComparisonResults Watch(IReadOnlyList<string> labels, Func<IComparisonWatcher, ComparisonResults> work)
    {
        var states = new RunStates(labels);
        return _console.Progress()
            .HideCompleted(false)
            .Columns(
                new RunColumn(states, Justify.Left, state => state.Label),
                new ProgressBarColumn { Width = 24 },
                new RunColumn(states, Justify.Right, state => state.Epoch),
                new RunColumn(states, Justify.Right, state => state.Loss),
                new RunColumn(states, Justify.Right, state => state.Accuracy),
                new RunColumn(states, Justify.Right, state => state.Pace))
            .Start(context =>
            {
                foreach (string label in labels)
                    states.Add(context.AddTask(Markup.Escape(label), autoStart: false));
                return work(states);
            });
    }

    /// <inheritdoc/>
    public void Summarize(ComparisonResults results)
    {
        string[][] rows = [.. SummaryTable.Rows(results)];
        int room = _console.Profile.Width - WidthOf(rows);
        if (room < 0)
        {
            // A cell that is broken into lines is worse than a line without a frame.
            new PlainDisplay(_output).Summarize(results);
            return;
        }
        var table = new Table().Border(TableBorder.Horizontal).BorderColor(Color.Grey);
        for (int i = 0; i < SummaryTable.Heads.Length; i++)
        {
            (string upper, string lower) = SummaryTable.Heads[i];
            table.AddColumn(new TableColumn(new SpectreText($"{upper}\n{lower}", new Style(decoration: Decoration.Bold)))
            {
                Alignment = i == 0 ? Justify.Left : Justify.Right,
                NoWrap = true,
                Padding = new Padding(i == 0 ? 0 : Math.Min(room / SummaryTable.Heads.Length, 2), 0, 0, 0),
            });
        }
        foreach (string[] row in rows)
            table.AddRow(row.Select(cell => new SpectreText(cell, cell == NumberText.Diverged ? new Style(Color.Red) : Style.Plain)));
        _console.Write(table);
        _console.WriteLine();
    }

    /// <summary>The widest cell of each column, and a space around each.</summary>
    private static int WidthOf(string[][] rows) => 1 + SummaryTable.Heads
        .Select((head, i) => 1 + Math.Max(Math.Max(head.Upper.Length, head.Lower.Length), rows.Max(row => row[i].Length)))
        .Sum();
}
