using System.CommandLine;
using NativeOpt.Cli.Loading;

namespace NativeOpt.Cli.Commands;

/// <summary>The options that choose data, which several commands share.</summary>
internal sealed class DataOptions
{
    private readonly Option<string?> _dataset;

    private readonly Option<string?> _dataDirectory = OptionValue.Words("--data-dir",
        "Folder with the files of the data set [default: where the system's package or `nativeopt data get` puts them]", "folder");

    private readonly Option<string?> _csv = OptionValue.Words("--csv", "A table, compressed (gzip) or not, instead of a data set", "file");

    private readonly Option<string?> _npz = OptionValue.Words("--npz",
        "NumPy's arrays x_train, y_train, x_test and y_test, or x and y, instead of a data set", "file");

    private readonly Option<string?> _target = OptionValue.Words("--target",
        "Column of the table that is to be predicted: its name, or its number from 1, or -1 for the last", "column");

    private readonly Option<double?> _testSplit = OptionValue.Share("--test-split",
        "Share of the rows that is kept for testing where the data have no test rows of their own [default: 0.2]");

    private readonly Option<string?> _targetKind = OptionValue.Choice("--target-kind",
        "What the target column holds [default: auto, which is classes where cells are texts or the numbers 0, 1, 2 ...]",
        "auto", "classes", "numbers");

    private readonly Option<string[]?> _ignore = OptionValue.Names("--ignore", "Columns of the table that are no inputs", "columns");

    private readonly Option<string[]?> _text = OptionValue.Names("--text",
        "Columns of the table that hold texts which look like numbers", "columns");

    private readonly Option<string?> _emptyCells = OptionValue.Choice("--empty-cells",
        "What to do where a cell is empty: refuse the table, skip the row, or fill in the mean or \"\" [default: refuse]",
        "refuse", "skip", "fill");

    private readonly Option<string[]?> _missing = OptionValue.Names("--missing", "Texts that count as empty, such as NA,?", "texts");

    /// <summary>The options.</summary>
    /// <param name="otherwise">For the help: "[default: ...]" where the command has one.</param>
    public DataOptions(string otherwise = "")
    {
        string sets = string.Join(", ", DataLoader.Names);
        _dataset = OptionValue.Checked("--dataset",
            $"A data set: {sets}; the last four take settings: \"make-moons(noise=0.2)\" {otherwise}".TrimEnd(), "name",
            DataLoader.RequireKnown);
        _dataset.CompletionSources.Add([.. DataLoader.Names]);
    }

    /// <summary>How texts with delimiters are read.</summary>
    public TableOptions Table { get; } = new();

    /// <summary>All of them, for a command that learns.</summary>
    public IEnumerable<Option> All =>
        [_dataset, _dataDirectory, _csv, _target, _npz, _testSplit, _targetKind, _ignore, _text, _emptyCells, _missing, .. Table.All];

    /// <summary>Those that choose the data for a model that has learnt already.</summary>
    public IEnumerable<Option> ForModel => [_dataset, _dataDirectory, _csv, _target, _npz, .. Table.All];

    /// <summary>The choice; nothing is read yet.</summary>
    /// <exception cref="InputException">Options contradict each other.</exception>
    public DataChoice Read(GivenOptions given)
    {
        Option[] sources = [_dataset, _csv, _npz];
        var choice = new DataChoice
        {
            Dataset = given.GetOf(_dataset, sources)?.ToLowerInvariant(),
            Csv = given.GetOf(_csv, sources),
            Npz = given.GetOf(_npz, sources),
            Directory = given.Get(_dataDirectory),
            Target = given.Get(_target),
            TestSplit = given.Get(_testSplit) ?? DataChoice.DefaultTestSplit,
        };
        string[] named = [.. sources.Where(source => source switch
        {
            _ when source == _dataset => choice.Dataset,
            _ when source == _csv => choice.Csv,
            _ => choice.Npz,
        } is not null).Select(source => source.Name)];
        if (named.Length > 1)
            throw new InputException($"{named[0]} and {named[1]} cannot be used together: each of them says what the data are");
        RequireDirectoryIsUsed(choice);
        if (choice.Csv is null)
            RequireNoTable(given, choice);
        return choice with { CsvSettings = Settings(given) };
    }

    private CsvSettings Settings(GivenOptions given) => Table.Read(given) with
    {
        IgnoredColumns = given.Get(_ignore) ?? [],
        TextColumns = given.Get(_text) ?? [],
        MissingMarkers = given.Get(_missing) ?? [],
        Target = Enum.Parse<TargetKind>(given.Get(_targetKind) ?? nameof(TargetKind.Auto), ignoreCase: true),
        EmptyCells = given.Get(_emptyCells) switch { "skip" => EmptyCells.SkipRow, "fill" => EmptyCells.Fill, _ => EmptyCells.Refuse },
    };

    private static void RequireDirectoryIsUsed(DataChoice choice)
    {
        if (choice.Directory is null || choice.Dataset is Datasets.FashionMnist.Name or Datasets.Cifar10.Name
            || (choice.Dataset is null && !choice.IsGiven))
            return;
        string other = choice.Dataset is null ? choice.Argument.Split(' ')[0] : $"--dataset {choice.Dataset}";
        string reason = choice.Dataset is Datasets.Digits.Name ? ": the digits are part of the program"
            : choice.Dataset is null ? "" : ": its data are part of the program";
        throw new InputException($"--data-dir cannot be used with {other}{reason}");
    }

    private void RequireNoTable(GivenOptions given, DataChoice choice)
    {
        Option[] ofTables = [_target, _targetKind, _ignore, _text, _emptyCells, _missing, .. Table.All];
        if (Array.Find(ofTables, given.IsOnLine) is { } option)
            throw new InputException(choice.IsGiven
                ? $"{option.Name} cannot be used with {choice.Argument.Split(' ')[0]}: it is for tables (--csv)"
                : $"{option.Name} is for tables; --csv says which one");
    }
}
