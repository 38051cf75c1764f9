using System.Globalization;

namespace NativeOpt;

/// <summary>
/// Training data from a text with delimiters. Numbers are inputs as they are, texts become a column of 0 and 1 for each different one,
/// and a target of texts becomes class numbers; <see cref="Encoding"/> does the same with other files.
/// </summary>
/// <example>
/// <code>
/// CsvDataset flowers = CsvDataset.Load("iris.csv", "species");
/// model.Fit(flowers, epochs: 20);
/// CsvDataset others = CsvDataset.Load("more.csv", flowers.Encoding);
/// </code>
/// </example>
public sealed class CsvDataset : Dataset
{
    private readonly InMemoryDataset _rows;

    private CsvDataset(CsvEncoding encoding, InMemoryDataset rows) => (Encoding, _rows) = (encoding, rows);

    /// <summary>What the columns became.</summary>
    public CsvEncoding Encoding { get; }

    /// <summary>What the input numbers are.</summary>
    public IReadOnlyList<string> FeatureNames => Encoding.FeatureNames;

    /// <summary>What the class numbers mean; none where the target is a number.</summary>
    public IReadOnlyList<string> ClassNames => Encoding.ClassNames;

    /// <summary>The inputs.</summary>
    public Features X => _rows.X;

    /// <summary>The targets.</summary>
    public Targets Y => _rows.Y;

    /// <inheritdoc/>
    public override int Count => _rows.Count;

    /// <inheritdoc/>
    public override int InputColumns => _rows.InputColumns;

    /// <inheritdoc/>
    public override int TargetColumns => _rows.TargetColumns;

    /// <summary>Reads a file and decides what its columns become.</summary>
    /// <param name="path">The file, compressed (gzip) or not.</param>
    /// <param name="target">Name of the column that is to be predicted.</param>
    /// <param name="settings">Delimiter, header, what is text or ignored; null: the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file cannot be used; the message has path, line and column.</exception>
    /// <exception cref="ArgumentException">There is no such column; the message has the nearest name.</exception>
    public static CsvDataset Load(string path, string target, CsvSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        return From(CsvFile.Read(path, settings), target, settings);
    }

    /// <summary>Reads a file and decides what its columns become.</summary>
    /// <param name="path">The file, compressed (gzip) or not.</param>
    /// <param name="target">Place of the column that is to be predicted, from 0; from the end where it is negative: -1 is the last.</param>
    /// <param name="settings">Delimiter, header, what is text or ignored; null: the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file cannot be used; the message has path, line and column.</exception>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public static CsvDataset Load(string path, int target, CsvSettings? settings = null)
    {
        CsvFile file = CsvFile.Read(path, settings);
        int column = target < 0 ? target + file.Columns.Count : target;
        return column >= 0 && column < file.Columns.Count
            ? From(file, file.Columns[column].Name, settings)
            : throw new ArgumentOutOfRangeException(
                nameof(target), target, $"target is {target}; {path} has {file.Columns.Count} columns, 0 to {file.Columns.Count - 1}");
    }

    /// <summary>Reads a file whose columns become what those of another one became.</summary>
    /// <param name="path">The file, compressed (gzip) or not.</param>
    /// <param name="encoding">That of the other data.</param>
    /// <param name="settings">Those of the other file; null: the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file cannot be used, or a text was not there before.</exception>
    /// <exception cref="ArgumentException">A column is not there.</exception>
    public static CsvDataset Load(string path, CsvEncoding encoding, CsvSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        return From(CsvFile.Read(path, settings), encoding);
    }

    /// <summary>var (x, y) = data;</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="y">The targets.</param>
    public void Deconstruct(out Features x, out Targets y) => (x, y) = (X, Y);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A row is not there, or the batch has other sizes than these rows.</exception>
    public override void Gather(ReadOnlySpan<int> rows, Batch batch) => _rows.Gather(rows, batch);

    /// <summary>"150 rows: 4 inputs, 3 classes", or "442 rows: 10 inputs, a number".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Count} rows: {InputColumns} inputs, {(Y.HasLabels ? $"{ClassNames.Count} classes" : "a number")}");

    internal static CsvDataset From(CsvFile file, string target, CsvSettings? settings) =>
        From(file, CsvEncoding.Fit(file, target, settings));

    internal override (int Row, int Label)? FindLabelOutside(int first, int count, int classes, int? ignored) =>
        _rows.FindLabelOutside(first, count, classes, ignored);

    internal override (int Row, int Column, float Value)? FindTargetOutsideUnit(int first, int count) =>
        _rows.FindTargetOutsideUnit(first, count);

    private static CsvDataset From(CsvFile file, CsvEncoding encoding) =>
        new(encoding, new InMemoryDataset(encoding.EncodeInputs(file), encoding.EncodeTargets(file)));
}
