using System.Globalization;
using System.Text;

namespace NativeOpt;

/// <summary>
/// Writes the numbers of each epoch into a text file, one line an epoch: the epoch, from 0 as in Keras, then the logs in the order of
/// their names. The line is in the file when the epoch ends. Numbers have all their digits and a point, in whatever language.
/// </summary>
/// <remarks>
/// The columns are those of the first epoch; where later ones are validated, theirs are there too. What an epoch does not have is "NA".
/// </remarks>
/// <example><code>model.Fit(x, y, epochs: 10, callbacks: [new CSVLogger("log.csv")]);</code></example>
public sealed class CSVLogger : Callback
{
    private const string Epoch = "epoch";
    private const string Absent = "NA";

    private string[]? _columns;

    /// <summary>A logger into a file.</summary>
    /// <param name="path">The file; its folder must be there.</param>
    /// <param name="separator">Between two columns: one or more characters other than quotes, line ends, digits and letters.</param>
    /// <param name="append">
    /// Whether lines are added to a file that is there, whose columns hold; false by default: it is overwritten.
    /// </param>
    /// <exception cref="ArgumentException">The path is empty, or the separator has a character that it cannot have.</exception>
    public CSVLogger(string path, string separator = ",", bool append = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentException.ThrowIfNullOrEmpty(separator);
        if (separator.Any(character => char.IsLetterOrDigit(character) || "\"\r\n_-.+".Contains(character, StringComparison.Ordinal)))
            throw new ArgumentException(
                $"separator is '{separator}'; it must be without quotes, line ends and what numbers and names are made of",
                nameof(separator));
        (Path, Separator, Append) = (path, separator, append);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Between two columns.</summary>
    public string Separator { get; }

    /// <summary>Whether lines are added to a file that is there.</summary>
    public bool Append { get; }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written there.</exception>
    public override void OnTrainBegin()
    {
        _columns = Append && File.Exists(Path) ? ReadColumns() : null;
        // A file that cannot be written is found before the first epoch, not after it.
        using FileStream file = new(Path, _columns is null ? FileMode.Create : FileMode.Append);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, TrainingLogs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        var text = new StringBuilder();
        if (_columns is null)
        {
            _columns = [.. ColumnsOf(logs)];
            text.AppendJoin(Separator, _columns.Prepend(Epoch)).Append('\n');
        }
        IEnumerable<string> cells = _columns.Select(column => logs.TryGetValue(column, out double value)
            ? value.ToString("R", CultureInfo.InvariantCulture)
            : Absent);
        text.AppendJoin(Separator, cells.Prepend(epoch.ToString(CultureInfo.InvariantCulture))).Append('\n');
        File.AppendAllText(Path, text.ToString());
    }

    private IEnumerable<string> ColumnsOf(TrainingLogs logs)
    {
        IEnumerable<string> sorted = logs.Keys.Order(StringComparer.Ordinal);
        bool isValidatedLater = Settings.Validation is not null && Settings.Arguments.ValidationFrequency > 1;
        return isValidatedLater
            ? sorted.Union(Settings.MetricKeys.Order(StringComparer.Ordinal).Select(key => TrainingLogs.ValidationPrefix + key))
            : sorted;
    }

    private string[]? ReadColumns()
    {
        string? head = File.ReadLines(Path).FirstOrDefault();
        if (string.IsNullOrEmpty(head))
            return null;
        string[] columns = head.Split(Separator);
        return columns[0] == Epoch
            ? columns[1..]
            : throw new InvalidDataException($"{Path} begins with '{head}'; lines are appended to a file whose first column is '{Epoch}'");
    }
}
