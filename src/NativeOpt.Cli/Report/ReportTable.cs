using System.Xml.Linq;
using NativeOpt.Cli.Comparison;
using static NativeOpt.Cli.Output.NumberText;
using static NativeOpt.Cli.Report.Markup;

namespace NativeOpt.Cli.Report;

/// <summary>The summary: one row a run.</summary>
internal static class ReportTable
{
    /// <summary>A column of numbers; <paramref name="Best"/> is "high", "low" or, where no value is better, "".</summary>
    private sealed record Column(string Head, string Best, Func<RunResult, double> Value, Func<double, string> Show);

    private static readonly Column[] Columns =
    [
        new("Learning rate", "", run => run.LearningRate, Number),
        new("Train loss", "low", run => run.Last.Loss, LossText),
        new("Train accuracy", "high", run => run.Last.Accuracy, Share),
        new("Validation loss", "low", run => run.Last.ValLoss, LossText),
        new("Validation accuracy", "high", run => run.Last.ValAccuracy, Share),
        new("Test accuracy", "high", run => run.TestAccuracy, Share),
        new("Time per epoch", "low", run => run.SecondsPerEpoch, Seconds),
        new("Samples per second", "high", run => run.SamplesPerSecond, Count),
    ];

    public static XElement Section(ComparisonResults results)
    {
        XElement section = Element("section");
        XElement card = Element("div", "class", "card scroll");
        XElement table = Element("table");
        table.Add(new XElement("thead", Heads()));
        XElement body = Element("tbody");
        for (int i = 0; i < results.Runs.Count; i++)
            body.Add(Row(results, i));
        table.Add(body);
        card.Add(table);
        section.Add(new XElement("h2", "Results after the last epoch"), card);
        return section;
    }

    private static XElement Heads()
    {
        XElement row = Element("tr");
        row.Add(Head("Optimizer", ""));
        foreach (Column column in Columns)
            row.Add(Head(column.Head, column.Best));
        return row;
    }

    private static XElement Head(string text, string best)
    {
        XElement head = Element("th", "scope", "col", "data-best", best);
        XElement button = Element("button", "type", "button");
        int last = text.LastIndexOf(' ');
        if (last < 0)
            button.Add(text);
        else
            button.Add(text[..last], new XElement("br"), text[(last + 1)..]);
        head.Add(button);
        return head;
    }

    private static XElement Row(ComparisonResults results, int index)
    {
        RunResult run = results.Runs[index];
        XElement row = Element("tr", "class", $"r{index}");
        XElement name = Element("th", "scope", "row", "data-value", run.Label);
        XElement swatch = Element("span", "class", "swatch");
        swatch.Add("");
        name.Add(swatch, run.Label);
        row.Add(name);
        foreach (Column column in Columns)
            row.Add(Cell(results, run, column));
        return row;
    }

    private static XElement Cell(ComparisonResults results, RunResult run, Column column)
    {
        double value = Value(run, column);
        bool best = IsBest(results, run, column);
        XElement cell = Element("td", "data-value", double.IsFinite(value) ? Number(value) : "");
        if (best || !double.IsFinite(value))
            cell.SetAttributeValue("class", best ? "best" : "warn");
        cell.Add(column.Show(value));
        return cell;
    }

    /// <summary>Best of those that did not diverge; what reads the same is equally good.</summary>
    private static bool IsBest(ComparisonResults results, RunResult run, Column column)
    {
        double[] values = [.. results.Runs.Where(r => !r.Diverged).Select(column.Value).Where(double.IsFinite)];
        if (results.Runs.Count < 2 || column.Best.Length == 0 || run.Diverged || values.Length == 0)
            return false;
        return column.Show(column.Value(run)) == column.Show(column.Best == "high" ? values.Max() : values.Min());
    }

    /// <summary>What a diverged run classifies correctly, it does by chance: its accuracies are shown as diverged as well.</summary>
    private static double Value(RunResult run, Column column) =>
        run.Diverged && column.Head.EndsWith("accuracy", StringComparison.Ordinal) ? double.NaN : column.Value(run);
}
