using NativeOpt.Cli.Comparison;

namespace NativeOpt.Cli.Loading;

/// <summary>Data as they were read: inputs are not scaled yet.</summary>
internal sealed record LoadedData
{
    /// <summary>As the command line calls them: "fashion-mnist", "iris.csv".</summary>
    public required string Name { get; init; }

    /// <summary>The name people use.</summary>
    public required string Title { get; init; }

    /// <summary>What to learn from, and to hold out for validation from its end.</summary>
    public required InMemoryDataset Train { get; init; }

    /// <summary>What to measure on at the end; null where all rows are for training.</summary>
    public InMemoryDataset? Test { get; init; }

    /// <summary>What the class numbers mean; none where the target is a number.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>What the columns of the table became; null where it was no table.</summary>
    public CsvEncoding? Encoding { get; init; }

    /// <summary>Whether inputs are pictures, whose pixels are from 0 to 1: nothing is gained by scaling them.</summary>
    public bool IsPictures { get; init; }

    /// <summary>Whether the target is a class.</summary>
    public bool HasClasses => ClassNames.Count > 0;

    /// <summary>Rows that are left to learn from where a share of them, the last ones, is held out.</summary>
    public int TrainRows(double validationSplit) => (int)Math.Floor(Train.Count * (1 - validationSplit));

    /// <summary>What reports say of them.</summary>
    public DatasetInfo Describe(double validationSplit) => new()
    {
        Name = Name,
        Title = Title,
        Inputs = Train.InputColumns,
        Classes = ClassNames.Count,
        TrainSamples = TrainRows(validationSplit),
        ValidationSamples = Train.Count - TrainRows(validationSplit),
        TestSamples = Test?.Count ?? 0,
    };
}
