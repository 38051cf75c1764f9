using NativeOpt.Data;
using NativeOpt.Text;

namespace NativeOpt;

/// <summary>
/// Real data sets that are at hand, Datasets.FashionMnist.Load(), Datasets.Cifar10.Load(), Datasets.Digits.Load(),
/// Datasets.Iris.Load(), and made-up ones, Datasets.MakeMoons() and others.
/// </summary>
public static partial class Datasets
{
    private static readonly string[] AllNames = [FashionMnist.Name, Cifar10.Name, Digits.Name, Iris.Name];

    /// <summary>Names that <see cref="Load"/> takes.</summary>
    public static IReadOnlyList<string> Names => AllNames;

    /// <summary>
    /// Where `nativeopt data get` puts data sets and Load looks for them: the folder that the environment variable NATIVEOPT_DATA names,
    /// or else nativeopt/datasets in the user's folder for caches.
    /// </summary>
    public static string DownloadFolder => DataFolder.Find(Environment.GetEnvironmentVariable);

    /// <summary>Loads a data set by name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="directory">Where its files are; null: its own default. Data sets without files take no notice of it.</param>
    /// <exception cref="ArgumentException">There is no such data set; the message has the nearest name.</exception>
    /// <exception cref="DirectoryNotFoundException">The files are not there; the message says how to get them.</exception>
    public static DataSplit Load(string name, string? directory = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.ToUpperInvariant() switch
        {
            "FASHION-MNIST" => FashionMnist.Load(directory),
            "CIFAR-10" or "CIFAR10" => Cifar10.Load(directory),
            "DIGITS" => Digits.Load(),
            "IRIS" => Iris.Load(),
            _ => throw new ArgumentException(NearestName.Explain("data set", name, AllNames), nameof(name)),
        };
    }

    /// <summary>
    /// Fashion-MNIST: 70,000 pictures of clothes, 28 x 28 pixels, ten classes (Xiao, Rasul and Vollgraf 2017). Read from the four
    /// files of the original distribution.
    /// </summary>
    public static class FashionMnist
    {
        /// <summary>Where the Debian package dataset-fashion-mnist puts the files.</summary>
        public const string DefaultDirectory = "/usr/share/datasets/fashion-mnist";

        /// <summary>Name on the command line.</summary>
        public const string Name = "fashion-mnist";

        /// <summary>Whether the files are in the directory (null: the default one).</summary>
        public static bool IsAvailable(string? directory = null) => FashionMnistFiles.FindMissing(directory ?? Find()) is null;

        /// <summary>60,000 rows for training and 10,000 for testing, 784 columns in [0, 1].</summary>
        /// <param name="directory">
        /// Where the files are, compressed or not; null: <see cref="DefaultDirectory"/>, or else where `nativeopt data get` puts them.
        /// </param>
        /// <exception cref="DirectoryNotFoundException">The directory is not there; the message says how to get it.</exception>
        /// <exception cref="FileNotFoundException">A file is not in it.</exception>
        /// <exception cref="InvalidDataException">A file is damaged or another one; the message has path and position.</exception>
        public static DataSplit Load(string? directory = null) => FashionMnistFiles.Load(directory ?? Find());

        private static string Find() =>
            !Directory.Exists(DefaultDirectory) && Directory.Exists(DownloadDirectory(Name)) ? DownloadDirectory(Name) : DefaultDirectory;
    }

    /// <summary>
    /// CIFAR-10: 60,000 colour pictures of 32 x 32 pixels, ten classes (Krizhevsky 2009), in the binary form of the original
    /// distribution. `nativeopt data get cifar-10` downloads it.
    /// </summary>
    public static class Cifar10
    {
        /// <summary>Name on the command line.</summary>
        public const string Name = "cifar-10";

        /// <summary>Pictures for training that the whole distribution has.</summary>
        public const int TrainingPictures = 50_000;

        /// <summary>Whether a batch for training and the one for testing are in the directory (null: the default one).</summary>
        public static bool IsAvailable(string? directory = null) =>
            CifarFolder.FindMissing(directory ?? DownloadDirectory(Name)) is null;

        /// <summary>
        /// 50,000 rows for training and 10,000 for testing, 3072 columns in [0, 1]: the red, then the green, then the blue values. A
        /// folder that has only the first of the batches data_batch_1.bin to data_batch_5.bin gives their rows.
        /// </summary>
        /// <param name="directory">
        /// Where the files are, or the folder cifar-10-batches-bin with them; null: where `nativeopt data get` puts them.
        /// </param>
        /// <exception cref="DirectoryNotFoundException">The directory is not there; the message says how to get it.</exception>
        /// <exception cref="FileNotFoundException">A file is not in it.</exception>
        /// <exception cref="InvalidDataException">A file is damaged or another one; the message has path and position.</exception>
        public static DataSplit Load(string? directory = null) => CifarFolder.Load(directory ?? DownloadDirectory(Name));
    }

    /// <summary>
    /// Iris: 150 flowers of three species, four lengths and widths of each in centimetres (Fisher 1936). Part of the library, no files
    /// needed.
    /// </summary>
    public static class Iris
    {
        /// <summary>Name on the command line.</summary>
        public const string Name = "iris";

        /// <summary>
        /// 120 rows for training and 30 for testing, 4 columns; the species take turns. Of each species every fifth flower is for testing.
        /// </summary>
        public static DataSplit Load() => IrisResource.Split();

        /// <summary>
        /// All 150 rows in the order of the article. X and Y are inputs and class numbers, FeatureNames and ClassNames what they mean.
        /// </summary>
        public static CsvDataset LoadAll() => IrisResource.All();
    }

    /// <summary>
    /// Handwritten digits: 1,797 pictures, 8 x 8 pixels of 17 shades, ten classes: the test part of "Optical Recognition of
    /// Handwritten Digits" (Alpaydin and Kaynak, UCI repository 1998). Part of the library, no files needed.
    /// </summary>
    public static class Digits
    {
        /// <summary>Name on the command line.</summary>
        public const string Name = "digits";

        /// <summary>
        /// 1,442 rows for training and 355 for testing, 64 columns in [0, 1]. Of each class every fifth picture is for testing.
        /// </summary>
        public static DataSplit Load() => DigitsResource.Split();
    }

    private static string DownloadDirectory(string name) => Path.Combine(DownloadFolder, name);
}
