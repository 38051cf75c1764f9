using System.Globalization;

namespace NativeOpt.Data.Csv;

/// <summary>Gathers the cells of a column, whose first value decides whether it is of numbers or of texts.</summary>
internal sealed class CsvColumnBuilder(string name, bool isText)
{
    private readonly List<double> _numbers = [];
    private readonly List<int> _ids = [];
    private readonly Dictionary<string, int> _idsByText = new(StringComparer.Ordinal);
    private bool? _isText = isText ? true : null;
    private int _leadingEmpty;

    public string Name => name;

    /// <summary>Adds a cell that has no value.</summary>
    public void AddEmpty()
    {
        if (_isText is null)
            _leadingEmpty++;
        else if (_isText is true)
            _ids.Add(CsvColumn.NoId);
        else
            _numbers.Add(double.NaN);
    }

    /// <summary>Adds a value.</summary>
    /// <returns>Null, or why it does not belong here.</returns>
    public string? Add(ReadOnlySpan<char> cell)
    {
        bool isNumber = IsNumber(cell, out double number);
        if (_isText is null)
            Begin(!isNumber);
        if (_isText is true)
            return isNumber && !isText
                ? $"'{cell}' is a number; the cells above it are texts. If the column holds texts, name it in TextColumns"
                : AddText(cell);
        if (!isNumber)
            return $"'{cell}' is not a number; the cells above it are. Where it means that there is no value, name it in MissingMarkers; "
                + "if the column holds texts, name it in TextColumns";
        if (!float.IsFinite((float)number))
            return $"'{cell}' is not finite in single precision";
        _numbers.Add(number);
        return null;
    }

    public CsvColumn Build()
    {
        if (_isText is null)
            Begin(text: false);
        if (_isText is false)
            return new CsvColumn(name, [.. _numbers]);
        // Ids in the order of the texts, not of their first appearance: the order of rows must not matter.
        string[] texts = [.. _idsByText.Keys.Order(StringComparer.Ordinal)];
        var sorted = new int[texts.Length];
        for (int i = 0; i < texts.Length; i++)
            sorted[_idsByText[texts[i]]] = i;
        return new CsvColumn(name, [.. _ids.Select(id => id == CsvColumn.NoId ? id : sorted[id])], texts);
    }

    // The words "NaN" and "Infinity" are no numbers here: a column of numbers refuses them, by line.
    private static bool IsNumber(ReadOnlySpan<char> cell, out double number)
    {
        number = 0;
        return cell.IndexOfAnyInRange('0', '9') >= 0
            && double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    private string? AddText(ReadOnlySpan<char> cell)
    {
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> ids = _idsByText.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!ids.TryGetValue(cell, out int id))
            ids[cell] = id = _idsByText.Count;
        _ids.Add(id);
        return null;
    }

    private void Begin(bool text)
    {
        _isText = text;
        for (int i = 0; i < _leadingEmpty; i++)
            AddEmpty();
    }
}
