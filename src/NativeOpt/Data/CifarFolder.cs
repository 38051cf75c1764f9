using System.Globalization;

namespace NativeOpt.Data;

/// <summary>A folder with CIFAR-10 in its binary form.</summary>
internal static class CifarFolder
{
    /// <summary>The folder that the distribution unpacks to.</summary>
    private const string Unpacked = "cifar-10-batches-bin";

    private const string TestBatch = "test_batch.bin";
    private const int Batches = 5;

    private static readonly string[] ClassNames =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <summary>The first file that must be there and is not, or null.</summary>
    public static string? FindMissing(string directory) =>
        Array.Find([TrainBatch(1), TestBatch], file => !File.Exists(Path.Combine(Locate(directory), file)));

    public static DataSplit Load(string directory)
    {
        if (!Directory.Exists(directory))
            throw new DirectoryNotFoundException(
                $"CIFAR-10 is not at '{directory}'. `nativeopt data get cifar-10` downloads it; or unpack cifar-10-binary.tar.gz from " +
                "https://www.cs.toronto.edu/~kriz/cifar.html and name the folder");
        string folder = Locate(directory);
        if (FindMissing(directory) is { } missing)
            throw new FileNotFoundException($"'{folder}' has no {missing}", Path.Combine(folder, missing));
        string[] train = [.. Enumerable.Range(1, Batches).Select(number => Path.Combine(folder, TrainBatch(number))).Where(File.Exists)];
        // A gap is a broken download; only the end may be missing.
        string expectedLast = Path.Combine(folder, TrainBatch(train.Length));
        if (train[^1] != expectedLast)
            throw new FileNotFoundException(
                $"'{folder}' has {Path.GetFileName(train[^1])}, but no {TrainBatch(train.Length)}", expectedLast);
        return new DataSplit(
            Datasets.Cifar10.Name, CifarFile.Read(train).ToDataset(), CifarFile.Read(Path.Combine(folder, TestBatch)).ToDataset(),
                ClassNames);
    }

    private static string Locate(string directory) =>
        Directory.Exists(Path.Combine(directory, Unpacked)) ? Path.Combine(directory, Unpacked) : directory;

    private static string TrainBatch(int number) => string.Create(CultureInfo.InvariantCulture, $"data_batch_{number}.bin");
}
