namespace NativeOpt.Benchmarks.Results;

/// <summary>One drawing of a figure.</summary>
/// <param name="Title">Above it.</param>
internal abstract record Panel(string Title);

/// <summary>A line with a mark at each of its points.</summary>
/// <param name="Name">Beside its end.</param>
/// <param name="Points">In the order of X.</param>
internal sealed record Series(string Name, IReadOnlyList<(double X, double Y)> Points)
{
    /// <summary>One line for each value of the column <paramref name="name"/>, in the order they appear in.</summary>
    public static Series[] From(IEnumerable<CsvRow> rows, string name, string x, string y) => [.. rows
        .GroupBy(row => row[name])
        .Select(group => new Series(group.Key, [.. group.Select(row => (row.Number(x), row.Number(y))).OrderBy(point => point.Item1)]))];
}

/// <summary>Lines over a logarithmic axis.</summary>
/// <param name="Title">Above it.</param>
/// <param name="X">What the horizontal axis shows.</param>
/// <param name="Lines">In the order of the colours.</param>
/// <param name="LogarithmicY">Whether the vertical axis is logarithmic too; it begins at zero otherwise.</param>
/// <param name="Reference">A value to compare with, drawn as a dashed line.</param>
internal sealed record LinePanel(string Title, string X, IReadOnlyList<Series> Lines, bool LogarithmicY, double? Reference = null)
    : Panel(Title);

/// <summary>A bar.</summary>
/// <param name="Name">To its left.</param>
/// <param name="Value">Its length.</param>
/// <param name="Text">Behind its end.</param>
/// <param name="Colour">Index of its colour.</param>
internal sealed record Bar(string Name, double Value, string Text, int Colour);

/// <summary>Bars from left to right, one below the other.</summary>
/// <param name="Title">Above them.</param>
/// <param name="Bars">From the top.</param>
internal sealed record BarPanel(string Title, IReadOnlyList<Bar> Bars) : Panel(Title);
