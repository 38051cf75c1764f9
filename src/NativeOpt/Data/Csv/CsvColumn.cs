using NativeOpt.Data;

namespace NativeOpt;

/// <summary>A column of a table, of numbers or of texts.</summary>
public sealed class CsvColumn
{
    /// <summary>The id of an empty cell.</summary>
    internal const int NoId = -1;

    private readonly double[] _numbers = [];
    private readonly int[] _ids = [];
    private readonly string[] _categories = [];

    internal CsvColumn(string name, double[] numbers) => (Name, IsNumeric, _numbers) = (name, true, numbers);

    internal CsvColumn(string name, int[] ids, string[] categories) => (Name, _ids, _categories) = (name, ids, categories);

    /// <summary>From the header.</summary>
    public string Name { get; }

    /// <summary>Whether all cells that have a value are numbers.</summary>
    public bool IsNumeric { get; }

    /// <summary>Number of cells.</summary>
    public int Rows => IsNumeric ? _numbers.Length : _ids.Length;

    /// <summary>The different texts in ordinal order; none where cells are numbers.</summary>
    public IReadOnlyList<string> Categories => _categories;

    /// <summary>Whether a cell has no value.</summary>
    /// <param name="row">From 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public bool IsEmpty(int row)
    {
        RowCopies.RequireRow(row, Rows, nameof(row));
        return IsNumeric ? double.IsNaN(_numbers[row]) : _ids[row] == NoId;
    }

    /// <summary>A number; NaN where the cell is empty.</summary>
    /// <param name="row">From 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="InvalidOperationException">The column holds texts.</exception>
    public double NumberAt(int row)
    {
        if (!IsNumeric)
            throw new InvalidOperationException($"the column '{Name}' holds texts");
        RowCopies.RequireRow(row, Rows, nameof(row));
        return _numbers[row];
    }

    /// <summary>A text, or null where the cell is empty.</summary>
    /// <param name="row">From 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="InvalidOperationException">The column holds numbers.</exception>
    public string? TextAt(int row)
    {
        if (IsNumeric)
            throw new InvalidOperationException($"the column '{Name}' holds numbers");
        RowCopies.RequireRow(row, Rows, nameof(row));
        return _ids[row] == NoId ? null : _categories[_ids[row]];
    }
}
