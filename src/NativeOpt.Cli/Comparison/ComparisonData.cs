using NativeOpt.Cli.Commands;
using NativeOpt.Cli.Loading;

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

    /// <summary>Reads the data set that was asked for, or else the one that is there.</summary>
    /// <param name="choice">Names the data, or not.</param>
    /// <param name="isInstalled">Whether Fashion-MNIST is where it usually is.</param>
    /// <param name="note">Hears why it is not Fashion-MNIST where nobody asked for another one.</param>
    /// <exception cref="InputException">The files are not there or cannot be used, or the target is no class.</exception>
    public static LoadedData Load(DataChoice choice, Func<bool> isInstalled, Action<string> note)
    {
        if (!choice.IsGiven && choice.Directory is null && !isInstalled())
        {
            note($"Fashion-MNIST is not installed ({Datasets.FashionMnist.DefaultDirectory}): comparing on the handwritten digits that are "
                + "part of this program instead. `apt-get install dataset-fashion-mnist` or --data-dir gives the real thing.");
            choice = choice with { Dataset = Datasets.Digits.Name };
        }
        if (!choice.IsGiven)
            choice = choice with { Dataset = Datasets.FashionMnist.Name };
        LoadedData data = DataLoader.Load(choice);
        if (data.Train.Count < MinimumTrainRows)
            throw new InputException($"{choice.Argument}; the data cannot be used: there must be {MinimumTrainRows} training samples "
                + $"at least, one of them held out; there is {data.Train.Count}");
        if (!data.HasClasses)
            throw new InputException(
                $"{choice.Argument}; a comparison is about classes, and the target is a number: `nativeopt train` learns it");
        return data.Test is not null
            ? data
            : throw new InputException($"{choice.Argument}; there are no rows for testing: --test-split says how many to keep for that");
    }
}
