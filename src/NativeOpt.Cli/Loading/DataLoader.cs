using NativeOpt.Cli.Commands;
using NativeOpt.Text;

namespace NativeOpt.Cli.Loading;

/// <summary>Reads the data that were chosen.</summary>
internal static class DataLoader
{
    /// <summary>Decides which rows are for testing, whatever the seed of a training is: trainings are compared on the same rows.</summary>
    private const long SplitSeed = 0;

    /// <summary>Names that --dataset takes; generators may have settings in parentheses.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Datasets.Names, .. GeneratedData.Names];

    /// <summary>Refuses a name that is unknown, and settings of a generator that cannot be used.</summary>
    /// <exception cref="InputException">It is one.</exception>
    public static void RequireKnown(string dataset)
    {
        string name = dataset.Split('(')[0].Trim();
        if (GeneratedData.IsKnown(name))
            GeneratedData.Check(dataset);
        else if (!Datasets.Names.Contains(dataset, StringComparer.OrdinalIgnoreCase))
            throw new InputException($"--dataset: {NearestName.Explain("dataset", name, [.. Names])}");
    }

    /// <summary>The name people use.</summary>
    public static string TitleOf(string name) => name switch
    {
        Datasets.FashionMnist.Name => "Fashion-MNIST",
        Datasets.Cifar10.Name => "CIFAR-10",
        Datasets.Digits.Name => "Digits (UCI)",
        Datasets.Iris.Name => "Iris",
        _ => name,
    };

    /// <summary>Reads the data.</summary>
    /// <exception cref="InputException">They are not there or cannot be used; the message names option, value and reason.</exception>
    public static LoadedData Load(DataChoice choice)
    {
        LoadedData data = ReadChosen(choice);
        return data.ClassNames.Count != 1
            ? data
            : throw new InputException($"{choice.Argument}; the data cannot be used: there is one class only, '{data.ClassNames[0]}'");
    }

    private static LoadedData ReadChosen(DataChoice choice) => Read(choice, () =>
        choice.Csv is not null ? Divide(CsvData.Load(choice), choice.TestSplit)
        : choice.Npz is not null ? Divide(NpzData.Load(choice.Npz), choice.TestSplit)
        : GeneratedData.IsKnown(choice.Dataset!.Split('(')[0].Trim()) ? Divide(GeneratedData.Load(choice.Dataset), choice.TestSplit)
        : FromSplit(Datasets.Load(choice.Dataset, choice.Directory)));

    /// <summary>What the library calls a setting of a table, and what the command line calls it.</summary>
    private static readonly (string Library, string Option)[] Words =
    [
        ("set HasHeader to false", "--no-header says so"), ("name it in ", "it belongs to "), ("Name it in ", "It belongs to "),
        ("TextColumns", "--text"), ("MissingMarkers", "--missing"), ("IgnoredColumns", "--ignore"), ("EmptyCells", "--empty-cells"),
        ("Target is", "--target-kind is"),
    ];

    /// <summary>A complaint of the library about a table, with the options that the command line has for its settings.</summary>
    public static string InWordsOfOptions(string complaint) =>
        Words.Aggregate(complaint, (text, word) => text.Replace(word.Library, word.Option, StringComparison.Ordinal));

    /// <summary>Runs what reads data.</summary>
    /// <exception cref="InputException">It failed on what it read.</exception>
    public static T Read<T>(DataChoice choice, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ArgumentException e)
        {
            throw new InputException($"{choice.Argument}; the data cannot be used: {InWordsOfOptions(ArgumentFailure.Sentence(e))}", e);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new InputException($"{choice.Argument}; the data cannot be used: {InWordsOfOptions(e.Message)}", e);
        }
    }

    private static LoadedData FromSplit(DataSplit data) => new()
    {
        Name = data.Name,
        Title = TitleOf(data.Name),
        Train = data.Train,
        Test = data.Test,
        ClassNames = data.ClassNames,
        IsPictures = data.Name != Datasets.Iris.Name,
    };

    /// <summary>
    /// Puts rows into random order, so that the last ones are like the others: they are for testing, and of the rest the last ones for
    /// validation. Classes keep their shares where each has enough rows.
    /// </summary>
    private static LoadedData Divide(LoadedData data, double testSplit)
    {
        if (data.Test is not null)
            return data;
        (Features x, Targets y) = data.Train;
        if (x.Rows < 2)
            throw new InvalidDataException($"there must be 2 rows at least, one of them held out; there is {x.Rows}");
        if (testSplit > 0)
        {
            double fewest = 2 / Math.Min(testSplit, 1 - testSplit);
            bool stratify = data.HasClasses && y.ToLabels().GroupBy(label => label).All(rows => rows.Count() >= fewest);
            TrainTestSplit split = TrainTestSplit.Of(x, y, testSplit, stratify: stratify, seed: SplitSeed);
            return data with { Train = split.Train, Test = split.Test };
        }
        (int[] first, int[] second) = TrainTestSplit.Rows(x.Rows, testSize: 0.5, seed: SplitSeed);
        int[] order = [.. first, .. second];
        return data with { Train = new InMemoryDataset(x.SelectRows(order), y.SelectRows(order)) };
    }
}
