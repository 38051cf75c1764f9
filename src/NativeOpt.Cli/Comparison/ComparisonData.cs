using NativeOpt.Cli.Commands;

namespace NativeOpt.Cli.Comparison;

/// <summary>Finds and reads the data of a comparison.</summary>
internal static class ComparisonData
{
    /// <summary>
    /// Share of the training rows that is held out, the last ones: the curves show what the network does on data it has not seen,
    /// and the test samples are looked at once, at the end. Of Fashion-MNIST's 60,000 it leaves 56,000, which are whole batches of
    /// 32: an epoch that ends with a short batch ends with a noisy step.
    /// </summary>
    public const double ValidationSplit = 1.0 / 15;

    /// <summary>One row to learn from and one to hold out.</summary>
    private const int MinimumTrainRows = 2;

    /// <summary>The name people use.</summary>
    public static string TitleOf(string name) => name == Datasets.FashionMnist.Name ? "Fashion-MNIST" : "Digits (UCI)";

    /// <summary>Reads the data set that was asked for, or else the one that is there.</summary>
    /// <param name="settings">Names the data set, or not.</param>
    /// <param name="isInstalled">Whether Fashion-MNIST is where it usually is.</param>
    /// <param name="note">Hears why it is not Fashion-MNIST where nobody asked for another one.</param>
    /// <exception cref="InputException">The files are not there or cannot be used.</exception>
    public static DataSplit Load(CompareSettings settings, Func<bool> isInstalled, Action<string> note)
    {
        string? name = settings.Dataset;
        if (name is null && settings.DataDirectory is null && !isInstalled())
        {
            note($"Fashion-MNIST is not installed ({Datasets.FashionMnist.DefaultDirectory}): comparing on the handwritten digits that are "
                + "part of this program instead. `apt-get install dataset-fashion-mnist` or --data-dir gives the real thing.");
            name = Datasets.Digits.Name;
        }
        try
        {
            DataSplit data = Datasets.Load(name ?? Datasets.FashionMnist.Name, settings.DataDirectory);
            if (data.Train.Count < MinimumTrainRows)
                throw new InvalidDataException(
                    $"there must be {MinimumTrainRows} training samples at least, one of them held out; there is {data.Train.Count}");
            return data;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException)
        {
            string argument = settings.DataDirectory is { } directory ? $"--data-dir is '{directory}'" : $"--dataset is '{name}'";
            throw new InputException($"{argument}; the data cannot be used: {e.Message}", e);
        }
    }
}
