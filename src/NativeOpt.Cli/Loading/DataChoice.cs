namespace NativeOpt.Cli.Loading;

/// <summary>Which data a command works on: a named data set, a table, or arrays of NumPy.</summary>
internal sealed record DataChoice
{
    /// <summary>Name of a data set, or of a generator with settings: "make-moons(samples=500)"; null: another source.</summary>
    public string? Dataset { get; init; }

    /// <summary>Folder of the data set's files; null: where they usually are.</summary>
    public string? Directory { get; init; }

    /// <summary>A table; null: another source.</summary>
    public string? Csv { get; init; }

    /// <summary>The column of the table that is to be predicted: its name, or its number from 1, or from the end: -1 is the last.</summary>
    public string? Target { get; init; }

    /// <summary>A file of NumPy's arrays; null: another source.</summary>
    public string? Npz { get; init; }

    /// <summary>How the table is read.</summary>
    public CsvSettings CsvSettings { get; init; } = new();

    /// <summary>Share of the rows that is kept for testing, in [0, 1), where the data have no test rows of their own.</summary>
    public double TestSplit { get; init; } = DefaultTestSplit;

    /// <summary>Of <see cref="TestSplit"/>.</summary>
    public const double DefaultTestSplit = 0.2;

    /// <summary>Whether any source is named.</summary>
    public bool IsGiven => Dataset is not null || Csv is not null || Npz is not null;

    /// <summary>The option that names the source, with its value: "--csv is 'iris.csv'".</summary>
    public string Argument => Csv is not null ? $"--csv is '{Csv}'"
        : Npz is not null ? $"--npz is '{Npz}'"
        : Directory is not null ? $"--data-dir is '{Directory}'"
        : $"--dataset is '{Dataset}'";
}
