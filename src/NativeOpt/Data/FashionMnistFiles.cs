namespace NativeOpt.Data;

/// <summary>The four files of Fashion-MNIST.</summary>
internal static class FashionMnistFiles
{
    private const string TrainImages = "train-images-idx3-ubyte";
    private const string TrainLabels = "train-labels-idx1-ubyte";
    private const string TestImages = "t10k-images-idx3-ubyte";
    private const string TestLabels = "t10k-labels-idx1-ubyte";

    private static readonly string[] Files = [TrainImages, TrainLabels, TestImages, TestLabels];

    private static readonly string[] ClassNames =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    /// <summary>The first file that is there neither plain nor compressed, or null.</summary>
    public static string? FindMissing(string directory) => Array.Find(Files, file => FindPath(directory, file) is null);

    public static DataSplit Load(string directory)
    {
        if (!Directory.Exists(directory))
            throw new DirectoryNotFoundException(
                $"Fashion-MNIST is not at '{directory}'. On Debian and Ubuntu: apt install dataset-fashion-mnist; elsewhere " +
                $"`nativeopt data get fashion-mnist` downloads it, or put the files {string.Join(", ", Files)} (also .gz) into a " +
                "directory and name it");
        if (FindMissing(directory) is { } missing)
            throw new FileNotFoundException($"'{directory}' has no {missing} and no {missing}.gz", Path.Combine(directory, missing));
        InMemoryDataset train = LoadPart(directory, TrainImages, TrainLabels);
        InMemoryDataset test = LoadPart(directory, TestImages, TestLabels);
        if (test.InputColumns != train.InputColumns)
            throw new InvalidDataException(
                $"{FindPath(directory, TestImages)}: expected {train.InputColumns} pixels a picture, as in {TrainImages}, " +
                $"found {test.InputColumns}");
        return new DataSplit(Datasets.FashionMnist.Name, train, test, ClassNames);
    }

    private static string? FindPath(string directory, string file)
    {
        string plain = Path.Combine(directory, file);
        string compressed = plain + ".gz";
        return File.Exists(plain) ? plain : File.Exists(compressed) ? compressed : null;
    }

    private static InMemoryDataset LoadPart(string directory, string imageFile, string labelFile) =>
        ImageSet.Load(FindPath(directory, imageFile)!, FindPath(directory, labelFile)!, ClassNames.Length);
}
