using NativeOpt.Cli.Commands;

namespace NativeOpt.Cli.Tutorial;

/// <summary>
/// An experiment of the tutorials: it trains, and hands back what its report, results.json and CSV files show. To add one: a folder
/// with a class like this, and a line in <see cref="Experiments"/>. The command does the rest: options, folder, progress, files.
/// </summary>
internal interface IExperiment
{
    /// <summary>What it is called by: "make-classification".</summary>
    string Name { get; }

    /// <summary>What it shows, in a line of at most 80 characters, without a full stop.</summary>
    string Summary { get; }

    /// <summary>How long it takes with its default settings on two cores: "5 s", "3 min".</summary>
    string Duration { get; }

    /// <summary>Which options it takes, besides those that all have; others are refused.</summary>
    TutorialOptions Options { get; }

    /// <summary>Names of the CSV files in its <see cref="ExperimentOutcome.Csv"/>.</summary>
    IReadOnlyList<string> CsvFiles { get; }

    /// <summary>Checks what can be checked before anything runs, such as whether the data are there.</summary>
    /// <exception cref="InputException">The settings or the data cannot be used.</exception>
    void Check(TutorialSettings settings) { }

    /// <summary>Runs it. Same settings, same numbers, times aside.</summary>
    /// <param name="settings">What was asked for.</param>
    /// <param name="progress">Hears of every run.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InputException">The data cannot be used.</exception>
    /// <exception cref="OperationCanceledException">It was asked for.</exception>
    ExperimentOutcome Run(TutorialSettings settings, ExperimentProgress progress, CancellationToken cancellation);
}

/// <summary>Options that not all experiments take.</summary>
[Flags]
internal enum TutorialOptions
{
    None = 0,

    /// <summary>--seeds: how often everything is repeated.</summary>
    Seeds = 1,

    /// <summary>--epochs.</summary>
    Epochs = 2,

    /// <summary>--data-dir: a folder with the data.</summary>
    DataDirectory = 4,

    /// <summary>--rows: how many training rows are used.</summary>
    Rows = 8,

    /// <summary>--full-grid: all combinations instead of one factor at a time.</summary>
    FullGrid = 16,
}
