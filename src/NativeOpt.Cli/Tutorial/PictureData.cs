using NativeOpt.Cli.Commands;

namespace NativeOpt.Cli.Tutorial;

/// <summary>Pictures to learn from: the digits that are part of the library, or Fashion-MNIST where its folder is named.</summary>
internal static class PictureData
{
    /// <summary>Reads them.</summary>
    /// <exception cref="InputException">The folder has no such files.</exception>
    public static DataSplit Load(TutorialSettings settings) => TutorialData.Load(
        settings.DataDirectory is null ? Datasets.Digits.Name : Datasets.FashionMnist.Name, settings.DataDirectory);

    /// <summary>The same with the first rows only to learn from.</summary>
    public static DataSplit FirstRows(this DataSplit data, int rows) =>
        data with { Train = TutorialData.Rows(data.Train, 0, Math.Min(rows, data.Train.Count)) };

    /// <summary>The same with every column at mean 0 and deviation 1, by the rows to learn from.</summary>
    public static DataSplit Standardize(this DataSplit data)
    {
        var scaler = new StandardScaler();
        return data with
        {
            Train = new InMemoryDataset(scaler.FitTransform(data.Train.X), data.Train.Y),
            Test = new InMemoryDataset(scaler.Transform(data.Test.X), data.Test.Y),
        };
    }
}
