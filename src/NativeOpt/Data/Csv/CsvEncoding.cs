using NativeOpt.Data.Csv;

namespace NativeOpt;

/// <summary>
/// What the columns of a table become in training, decided by one table (Fit) and applied to others of the same columns (Encode): a
/// column of numbers stays one, a column of texts becomes one of 0 and 1 for each of its texts ("colour=red"), a target of texts
/// becomes class numbers in the order of the texts.
/// </summary>
public sealed class CsvEncoding
{
    private readonly CsvInput[] _inputs;
    private readonly CsvTarget? _target;

    internal CsvEncoding(CsvInput[] inputs, CsvTarget? target)
    {
        (_inputs, _target) = (inputs, target);
        FeatureNames = [.. inputs.SelectMany(input => input.FeatureNames)];
    }

    /// <summary>What the input numbers are, in their order: names of columns, or "column=text".</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>The column that is to be predicted, or null.</summary>
    public string? TargetName => _target?.Name;

    /// <summary>What the class numbers mean; none where the target is a number.</summary>
    public IReadOnlyList<string> ClassNames => _target?.ClassNames ?? [];

    internal IReadOnlyList<CsvInput> Inputs => _inputs;

    internal CsvTarget? Target => _target;

    /// <summary>Decides what the columns become.</summary>
    /// <param name="file">The table, usually the one to train on.</param>
    /// <param name="target">Name of the column that is to be predicted; null: all columns are inputs.</param>
    /// <param name="settings">Which columns are ignored, what the target holds; null: the defaults.</param>
    /// <exception cref="ArgumentException">There is no such column, or no input is left.</exception>
    /// <exception cref="InvalidDataException">A column has too many texts, or no value.</exception>
    public static CsvEncoding Fit(CsvFile file, string? target = null, CsvSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        settings ??= new CsvSettings();
        int targetColumn = target is null ? -1 : file.IndexOf(target);
        if (target is not null && settings.IgnoredColumns.Contains(target))
            throw new ArgumentException($"{file.Path}: '{target}' is the target and in IgnoredColumns", nameof(target));
        CsvInput[] inputs = [.. Enumerable.Range(0, file.Columns.Count)
            .Where(column => column != targetColumn && !settings.IgnoredColumns.Contains(file.Columns[column].Name))
            .Select(column => CsvInput.Fit(file, column, settings))];
        if (inputs.Length == 0)
            throw new ArgumentException($"{file.Path}: no column is left to be an input", nameof(file));
        return new CsvEncoding(inputs, target is null ? null : CsvTarget.Fit(file, targetColumn, settings.Target));
    }

    /// <summary>What the columns become as JSON.</summary>
    public string ToJson() => CsvEncodingJson.Write(this);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="ArgumentException">The text is something else; the message says what is wrong where.</exception>
    public static CsvEncoding FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return CsvEncodingJson.Read(json);
    }

    /// <summary>The inputs of a table, [rows, FeatureNames.Count]. Columns are found by name; others are not looked at.</summary>
    /// <param name="file">The table.</param>
    /// <exception cref="ArgumentException">A column is not there.</exception>
    /// <exception cref="InvalidDataException">A cell does not fit; the message has line and column.</exception>
    public Features EncodeInputs(CsvFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var values = new float[checked(file.Rows * FeatureNames.Count)];
        int first = 0;
        foreach (CsvInput input in _inputs)
        {
            input.Encode(file, values, first, FeatureNames.Count);
            first += input.FeatureNames.Count;
        }
        return new Features(values, file.Rows, FeatureNames.Count);
    }

    /// <summary>The targets of a table: class numbers, or one number a row.</summary>
    /// <param name="file">The table.</param>
    /// <exception cref="InvalidOperationException">There is no target.</exception>
    /// <exception cref="ArgumentException">The column is not there.</exception>
    /// <exception cref="InvalidDataException">A cell does not fit; the message has line and column.</exception>
    public Targets EncodeTargets(CsvFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        CsvTarget target = _target ?? throw new InvalidOperationException("no column was named as the target");
        return target.Encode(file);
    }
}
