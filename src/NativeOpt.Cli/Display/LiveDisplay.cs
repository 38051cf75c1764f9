using NativeOpt.Cli.Comparison;
using NativeOpt.Cli.Output;
using Spectre.Console;
using SpectreText = Spectre.Console.Text;

namespace NativeOpt.Cli.Display;

/// <summary>A bar for every run, drawn again as it grows. The only part that loads Spectre.Console.</summary>
internal sealed class LiveDisplay : IComparisonDisplay
{
    private readonly IAnsiConsole _console;

    /// <summary>Draws on <paramref name="output"/>.</summary>
    /// <param name="output">A terminal.</param>
    /// <param name="width">Columns of it; null: as many as it says.</param>
    public LiveDisplay(TextWriter output, int? width = null)
    {
        _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        _console.Profile.Width = width ?? _console.Profile.Width;
    }

    /// <inheritdoc/>
    public ComparisonResults Watch(IReadOnlyList<string> labels, Func<IComparisonWatcher, ComparisonResults> work)
    {
        var layout = LiveLayout.For(_console.Profile.Width, labels.Max(label => label.Length));
        var states = new RunStates(Labels.Fit(labels, layout.Label));
        return _console.Progress()
            .HideCompleted(false)
            .Columns([.. Columns(layout, states)])
            .Start(context =>
            {
                foreach (string label in labels)
                    states.Add(context.AddTask(Markup.Escape(label), autoStart: false));
                return work(states);
            });
    }

    private static IEnumerable<ProgressColumn> Columns(LiveLayout layout, RunStates states)
    {
        yield return new RunColumn(states, Justify.Left, state => state.Label);
        if (layout.Bar > 0)
            yield return new ProgressBarColumn { Width = layout.Bar };
        yield return new RunColumn(states, Justify.Right, state => state.Epoch);
        if (layout.Loss)
            yield return new RunColumn(states, Justify.Right, state => state.Loss);
        if (layout.Accuracy)
            yield return new RunColumn(states, Justify.Right, state => state.Accuracy);
        if (layout.Pace)
            yield return new RunColumn(states, Justify.Right, state => state.Pace);
    }

    /// <inheritdoc/>
    public void Summarize(ComparisonResults results)
    {
        ((string Upper, string Lower)[] heads, string[][] rows) = SummaryTable.Fit(results, _console.Profile.Width);
        int room = _console.Profile.Width - SummaryTable.WidthOf(heads, rows);
        var table = new Table().Border(TableBorder.Horizontal).BorderColor(Color.Grey);
        for (int i = 0; i < heads.Length; i++)
        {
            (string upper, string lower) = heads[i];
            table.AddColumn(new TableColumn(new SpectreText($"{upper}\n{lower}", new Style(decoration: Decoration.Bold)))
            {
                Alignment = i == 0 ? Justify.Left : Justify.Right,
                NoWrap = true,
                Padding = new Padding(i == 0 ? 0 : Math.Clamp(room / heads.Length, 0, 2), 0, 0, 0),
            });
        }
        foreach (string[] row in rows)
            table.AddRow(row.Select(cell => new SpectreText(cell, cell == NumberText.Diverged ? new Style(Color.Red) : Style.Plain)));
        _console.Write(table);
        _console.WriteLine();
    }
}
