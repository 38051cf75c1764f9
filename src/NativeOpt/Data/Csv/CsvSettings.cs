namespace NativeOpt;

/// <summary>What to do where a cell is empty.</summary>
public enum EmptyCells
{
    /// <summary>Refuse the file and name the cell.</summary>
    Refuse,

    /// <summary>Leave out rows that have one.</summary>
    SkipRow,

    /// <summary>
    /// A number becomes the mean of its column, a text a category of its own with the name "". An empty target is refused.
    /// </summary>
    Fill,
}

/// <summary>What a target column holds.</summary>
public enum TargetKind
{
    /// <summary>Classes where cells are texts, or the numbers 0, 1, 2 ... with each of them there; numbers otherwise.</summary>
    Auto,

    /// <summary>Each different value is a class.</summary>
    Classes,

    /// <summary>Numbers to be predicted.</summary>
    Numbers,
}

/// <summary>How a text with delimiters is read.</summary>
public sealed record CsvSettings
{
    /// <summary>Between the cells of a row; a comma by default. Not a quote, a space or the end of a line.</summary>
    public char Delimiter
    {
        get;
        init => field = value is '"' or '\r' or '\n' or ' ' or '.' or '\0' || char.IsAsciiLetterOrDigit(value)
            ? throw new ArgumentException($"Delimiter is '{value}'; it must be a comma, semicolon, tab or the like", nameof(Delimiter))
            : value;
    } = ',';

    /// <summary>Whether the first row has names; true by default. Without it columns are called column1, column2 ...</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Columns that hold texts although they may look like numbers, such as postal codes.</summary>
    public IReadOnlyList<string> TextColumns { get; init; } = [];

    /// <summary>Columns that are neither input nor target, such as row numbers.</summary>
    public IReadOnlyList<string> IgnoredColumns { get; init; } = [];

    /// <summary>Texts that mean that there is no value, such as "NA" or "?"; none by default. Case matters.</summary>
    public IReadOnlyList<string> MissingMarkers { get; init; } = [];

    /// <summary>What to do with cells that are empty; refuse them by default.</summary>
    public EmptyCells EmptyCells { get; init; }

    /// <summary>What the target column holds; decided by its cells by default.</summary>
    public TargetKind Target { get; init; }

    /// <summary>
    /// A column of texts with more different ones is refused as an input, since each becomes a column; 100 by default, at least 2.
    /// </summary>
    public int MaxCategories { get; init => field = Require.AtLeast(value, 2, nameof(MaxCategories)); } = 100;

    /// <summary>
    /// A longer file is refused, and so is one that unpacks to more; 1 GiB by default, in bytes, at least 1. A table of short cells takes
    /// several times as much memory as its file has bytes.
    /// </summary>
    public long MaxBytes
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxBytes), value, $"MaxBytes is {value}; it must be at least 1");
    } = 1L << 30;
}
