using System.Xml.Linq;
using static NativeOpt.Cli.Output.NumberText;
using static NativeOpt.Cli.Report.Markup;

namespace NativeOpt.Cli.Report.Blocks;

/// <summary>A table that the script sorts by any column; the best number of a column has a mark.</summary>
/// <param name="Columns">The first one names the rows.</param>
/// <param name="Rows">In the order they are shown at first.</param>
internal sealed record ReportTable(IReadOnlyList<TableColumn> Columns, IReadOnlyList<TableRow> Rows) : IReportBlock
{
    /// <summary>A line above the table; null: none.</summary>
    public string? Caption { get; init; }

    /// <inheritdoc/>
    public IEnumerable<XElement> Write(PageParts page)
    {
        XElement table = Element("table");
        if (Caption is not null)
            table.Add(TextElement("caption", "", Caption));
        table.Add(Element("thead").With(Element("tr").With([.. Columns.Select(Head)])));
        XElement body = Element("tbody");
        foreach (TableRow row in Rows)
            body.Add(Row(row, page));
        return [Element("div", "class", "card scroll").With(table.With(body))];
    }

    private static XElement Head(TableColumn column)
    {
        string best = column.Best is Best.None ? "" : column.Best.ToString().ToLowerInvariant();
        XElement button = Element("button", "type", "button");
        // The last word goes below the others: columns of numbers are narrow.
        int last = column.IsText ? -1 : column.Head.LastIndexOf(' ');
        if (last < 0)
            button.Add(column.Head);
        else
            button.Add(column.Head[..last], new XElement("br"), column.Head[(last + 1)..]);
        XElement head = Element("th", "scope", "col", "data-best", best).With(button);
        if (column.IsText)
            head.SetAttributeValue("class", "text");
        return head;
    }

    private XElement Row(TableRow row, PageParts page)
    {
        XElement element = Element("tr");
        XElement name = Element("th", "scope", "row", "data-value", row.Cells[0].Text ?? "");
        if (row.Slot is { } slot)
        {
            page.Use(slot);
            element.SetAttributeValue("class", $"r{slot}");
            name.Add(TextElement("span", "swatch", ""));
        }
        name.Add(row.Cells[0].Text);
        if (row.Note is not null)
            name.Add(TextElement("small", "", row.Note));
        return element.With(name).With([.. Columns.Skip(1).Select((column, i) => Cell(row, i + 1, column))]);
    }

    private XElement Cell(TableRow row, int index, TableColumn column)
    {
        TableCell cell = row.Cells[index];
        string text = cell.Text ?? column.Show(cell.Number);
        string key = double.IsFinite(cell.Number) ? Number(cell.Number) : cell.Text ?? "";
        string style = IsBest(row, index, column) ? "best"
            : cell.IsWarning || (cell.Text is null && !double.IsFinite(cell.Number)) ? (column.IsText ? "warn text" : "warn")
            : column.IsText ? "text" : "";
        XElement element = TextElement("td", style, text);
        element.SetAttributeValue("data-value", key);
        return element;
    }

    /// <summary>Best of the rows in the contest; what reads the same is equally good.</summary>
    private bool IsBest(TableRow row, int index, TableColumn column)
    {
        if (column.Best is Best.None || row.IsOutOfContest || !double.IsFinite(row.Cells[index].Number) || Rows.Count < 2)
            return false;
        double[] values = [.. Rows.Where(r => !r.IsOutOfContest).Select(r => r.Cells[index].Number).Where(double.IsFinite)];
        return column.Show(row.Cells[index].Number) == column.Show(column.Best is Best.High ? values.Max() : values.Min());
    }
}
