namespace NativeOpt.Cli.Report.Blocks;

/// <summary>Which numbers of a column are better.</summary>
internal enum Best
{
    None,
    High,
    Low,
}

/// <summary>A column of numbers, or with <see cref="IsText"/> of texts.</summary>
/// <param name="Head">Its name.</param>
/// <param name="Best">Which numbers get the mark.</param>
internal sealed record TableColumn(string Head, Best Best = Best.None)
{
    /// <summary>How a number reads. NaN too: what is no number is shown as a warning.</summary>
    public Func<double, string> Show { get; init; } = Charts.ChartAxis.Short;

    /// <summary>Whether it is set to the left, as texts are.</summary>
    public bool IsText { get; init; }
}

/// <summary>A row: as many cells as there are columns, the first one a text.</summary>
/// <param name="Cells">Texts and numbers: <c>new TableRow("adam", 0.001, 0.982)</c>.</param>
internal sealed record TableRow(params TableCell[] Cells)
{
    /// <summary>Number of the colour shown before the name; null: none.</summary>
    public int? Slot { get; init; }

    /// <summary>A small line below the name; null: none.</summary>
    public string? Note { get; init; }

    /// <summary>Whether its numbers cannot be the best, as those of a run that diverged.</summary>
    public bool IsOutOfContest { get; init; }
}

/// <summary>What stands in a table.</summary>
/// <param name="Number">What is sorted by and shown; NaN where the cell is a text.</param>
/// <param name="Text">What is shown instead of the number; null: the number, as its column shows it.</param>
/// <param name="IsWarning">Whether it is bad news.</param>
internal readonly record struct TableCell(double Number, string? Text = null, bool IsWarning = false)
{
    /// <summary>A number.</summary>
    public static implicit operator TableCell(double number) => new(number);

    /// <summary>A text.</summary>
    public static implicit operator TableCell(string text) => new(double.NaN, text);

    /// <summary>A dash: the row has nothing to say here.</summary>
    public static TableCell None { get; } = new(double.NaN, "\u2013");
}
