using System.Globalization;
using NativeOpt.Cli.Loading;
using NativeOpt.Text;

namespace NativeOpt.Cli.Models;

/// <summary>Makes the inputs of a model of the rows of a table, and keeps other columns as they are.</summary>
internal sealed class InputReading
{
    private readonly ModelFile _model;
    private readonly string[] _kept;
    private readonly int _inputColumns;

    /// <summary>Tells the table which of its columns are inputs, and of what kind.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The table, at its first row.</param>
    /// <param name="settings">How it is read.</param>
    /// <param name="kept">Columns that are kept.</param>
    /// <exception cref="InvalidDataException">An input is missing, or columns are too many or too few.</exception>
    public InputReading(ModelFile model, CsvRows rows, CsvSettings settings, string[] kept)
    {
        (_model, _kept, _inputColumns) = (model, kept, model.Model.Layers[0].InputColumns);
        string[] inputs = model.Preprocessing.Encoding is { } encoding ? [.. encoding.Inputs.Select(input => input.Name)]
            : [.. rows.Names.Except(kept)];
        foreach (string name in inputs.Concat(kept))
            if (!rows.Names.Contains(name))
                throw new InvalidDataException(
                    $"the table does not have a column that is needed: {NearestName.Explain("column", name, rows.Names.ToArray())}");
        if (model.Preprocessing.Encoding is null && inputs.Length != _inputColumns)
            throw new InvalidDataException($"the table has {inputs.Length} columns; the model takes {_inputColumns} numbers a row");
        CsvSettings fitting = SettingsFor(model.Preprocessing, settings);
        rows.Use(fitting with
        {
            MaxBytes = long.MaxValue,
            TextColumns = [.. fitting.TextColumns.Union(kept.Except(inputs))],
            IgnoredColumns = [.. rows.Names.Except(inputs).Except(kept)],
        });
    }

    /// <summary>Settings by which a table is read as the one of the training was.</summary>
    public static CsvSettings SettingsFor(Preprocessing preprocessing, CsvSettings settings) => settings with
    {
        MissingMarkers = preprocessing.MissingMarkers,
        // What an empty cell becomes, or that it cannot be, is a matter of the encoding.
        EmptyCells = EmptyCells.Fill,
        TextColumns = [.. preprocessing.Encoding?.Inputs.Where(input => input.Categories is not null).Select(input => input.Name) ?? []],
    };

    /// <summary>The inputs of the rows, scaled.</summary>
    /// <exception cref="InvalidDataException">A cell cannot be used; the message has line and column.</exception>
    public Features Encode(CsvFile rows) =>
        _model.Preprocessing.Apply(_model.Preprocessing.Encoding?.EncodeInputs(rows) ?? Numbers(rows));

    /// <summary>The kept cells of a row.</summary>
    public IEnumerable<string> Kept(CsvFile rows, int row) => _kept.Select(name =>
    {
        CsvColumn column = rows[name];
        return column.IsEmpty(row) ? ""
            : column.IsNumeric ? column.NumberAt(row).ToString("R", CultureInfo.InvariantCulture)
            : column.TextAt(row)!;
    });

    private Features Numbers(CsvFile rows)
    {
        int[] columns = [.. Enumerable.Range(0, rows.Columns.Count).Where(column => !_kept.Contains(rows.Columns[column].Name))];
        var values = new float[rows.Rows * _inputColumns];
        for (int row = 0; row < rows.Rows; row++)
        {
            for (int i = 0; i < columns.Length; i++)
            {
                CsvColumn column = rows.Columns[columns[i]];
                if (column.IsEmpty(row))
                    throw rows.Fail(row, columns[i], "the cell is empty; the model takes numbers");
                if (!column.IsNumeric)
                    throw rows.Fail(row, columns[i], $"'{column.TextAt(row)}' is not a number");
                values[row * _inputColumns + i] = (float)column.NumberAt(row);
            }
        }
        return new Features(values, rows.Rows, _inputColumns);
    }
}
