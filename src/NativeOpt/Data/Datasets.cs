using NativeOpt.Data;
using NativeOpt.Text;

namespace NativeOpt;

/// <summary>Real data sets that are at hand: Datasets.FashionMnist.Load(), Datasets.Digits.Load().</summary>
public static class Datasets
{
    private static readonly string[] AllNames = [FashionMnist.Name, Digits.Name];

    /// <summary>Names that <see cref="Load"/> takes.</summary>
    public static IReadOnlyList<string> Names => AllNames;

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
            "DIGITS" => Digits.Load(),
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
        public static bool IsAvailable(string? directory = null) => FashionMnistFiles.FindMissing(directory ?? DefaultDirectory) is null;

        /// <summary>60,000 rows for training and 10,000 for testing, 784 columns in [0, 1].</summary>
        /// <param name="directory">Where the files are, compressed or not; null: <see cref="DefaultDirectory"/>.</param>
        /// <exception cref="DirectoryNotFoundException">The directory is not there; the message says how to get it.</exception>
        /// <exception cref="FileNotFoundException">A file is not in it.</exception>
        /// <exception cref="InvalidDataException">A file is damaged or another one; the message has path and position.</exception>
        public static DataSplit Load(string? directory = null) => FashionMnistFiles.Load(directory ?? DefaultDirectory);
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
}
