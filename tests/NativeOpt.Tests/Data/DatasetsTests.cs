using NativeOpt.Data;
using Xunit;

namespace NativeOpt.Tests.Data;

public class DatasetsTests
{
    [Fact]
    public void Digits_HaveTheRowsOfTheOriginal()
    {
        IdxFile images = DigitsResource.Images();
        IdxFile labels = DigitsResource.Labels();

        Assert.Equal([1797, 8, 8], images.Shape);
        Assert.Equal([1797], labels.Shape);
        // First row of the file: a zero.
        Assert.Equal(new byte[] { 0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0 }, images.Data[..16].ToArray());
        Assert.Equal(new byte[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 }, labels.Data[..10].ToArray());
        // Sum over all pixels and per class, counted in the original text file.
        Assert.Equal(561_718, images.Data.ToArray().Sum(value => (int)value));
        int[] counts = [.. Enumerable.Range(0, 10).Select(digit => labels.Data.ToArray().Count(label => label == digit))];
        Assert.Equal([178, 182, 177, 183, 181, 182, 181, 179, 174, 180], counts);
    }

    [Fact]
    public void Digits_Load_SplitsEveryClassFourToOne()
    {
        DataSplit digits = Datasets.Digits.Load();

        Assert.Equal((1442, 355), (digits.Train.Count, digits.Test.Count));
        Assert.Equal(64, digits.Train.InputColumns);
        int[] test = new int[10];
        for (int row = 0; row < digits.Test.Count; row++)
            test[digits.Test.Y.GetLabel(row)]++;
        Assert.Equal([35, 36, 35, 36, 36, 36, 36, 35, 34, 36], test);
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], digits.ClassNames);
    }

    [Fact]
    public void Load_ByName_TakesAnyCaseAndSuggestsTheNearest()
    {
        Assert.Equal(["fashion-mnist", "cifar-10", "digits", "iris"], Datasets.Names);
        Assert.Equal("iris", Datasets.Load("IRIS").Name);
        Assert.Equal("digits", Datasets.Load("Digits").Name);

        var failure = Assert.Throws<ArgumentException>(() => Datasets.Load("fashon-mnist"));
        Assert.Contains("unknown data set 'fashon-mnist'; did you mean 'fashion-mnist'?", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Iris_HasTheNumbersOfTheArticle()
    {
        CsvDataset iris = Datasets.Iris.LoadAll();

        Assert.Equal("150 rows: 4 inputs, 3 classes", iris.ToString());
        Assert.Equal(["setosa", "versicolor", "virginica"], iris.ClassNames);
        Assert.Equal(["sepal_length", "sepal_width", "petal_length", "petal_width"], iris.FeatureNames);
        Assert.Equal([5.1f, 3.5f, 1.4f, 0.2f], iris.X.GetRow(0));
        // Two rows that some copies have wrongly.
        Assert.Equal([4.9f, 3.1f, 1.5f, 0.2f], iris.X.GetRow(34));
        Assert.Equal([4.9f, 3.6f, 1.4f, 0.1f], iris.X.GetRow(37));
        Assert.All(Enumerable.Range(0, 150), row => Assert.Equal(row / 50, iris.Y.GetLabel(row)));
        // Means of all flowers, from the article's table of sums.
        double[] means = [.. Enumerable.Range(0, 4).Select(j => Enumerable.Range(0, 150).Average(row => (double)iris.X.GetRow(row)[j]))];
        Assert.Equal([5.8433, 3.0573, 3.758, 1.1993], means.Select(mean => Math.Round(mean, 4)));
    }

    [Fact]
    public void Iris_Load_SplitsEverySpeciesFourToOne()
    {
        DataSplit iris = Datasets.Iris.Load();

        Assert.Equal((120, 30), (iris.Train.Count, iris.Test.Count));
        Assert.All(iris.Test.Y.ToLabels().CountBy(label => label), species => Assert.Equal(10, species.Value));
        Assert.Equal(Datasets.Iris.LoadAll().X.GetRow(4), iris.Test.X.GetRow(0));
    }

    [Fact]
    public void Iris_Load_MixesTheSpecies_SoThatTheLastRowsHaveAllOfThem()
    {
        DataSplit iris = Datasets.Iris.Load();

        int[] labels = iris.Train.Y.ToLabels();
        Assert.Equal([0, 1, 2], labels[^12..].Distinct().Order());
        Assert.Equal(labels.Index().Select(pair => pair.Index % 3), labels);
    }

    [Fact]
    public void DownloadFolder_FollowsTheEnvironment()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        Assert.Equal("/data", DataFolder.Find(name => name == "NATIVEOPT_DATA" ? "/data" : "/cache"));
        Assert.Equal(
            Path.Combine("/cache", "nativeopt", "datasets"), DataFolder.Find(name => name == "XDG_CACHE_HOME" ? "/cache" : null));
        // A relative folder for caches is to be ignored, says the XDG specification.
        Assert.StartsWith(home, DataFolder.Find(name => name == "XDG_CACHE_HOME" ? "cache" : ""), StringComparison.Ordinal);
    }

    [Fact]
    public void FashionMnist_WithoutItsDirectory_SaysHowToGetIt()
    {
        string nowhere = Path.Combine(Path.GetTempPath(), "nativeopt-no-such-directory");

        var failure = Assert.Throws<DirectoryNotFoundException>(() => Datasets.FashionMnist.Load(nowhere));

        Assert.Contains(nowhere, failure.Message, StringComparison.Ordinal);
        Assert.Contains("apt install dataset-fashion-mnist", failure.Message, StringComparison.Ordinal);
        Assert.False(Datasets.FashionMnist.IsAvailable(nowhere));
    }

    [Fact]
    public void FashionMnist_FilesThatDoNotBelongTogether_AreRefused()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("fashion");
        try
        {
            Assert.Contains("train-images-idx3-ubyte",
                Refusal<FileNotFoundException>(), StringComparison.Ordinal);
            Write("train-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 5, 255]);
            Write("t10k-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 5]);
            Write("t10k-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 1, 3]);

            Write("train-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 3, 1, 2, 3]);
            Assert.Contains("expected 2 labels, found shape [3]",
                Refusal<InvalidDataException>(), StringComparison.Ordinal);

            Write("train-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 2, 1, 10]);
            Assert.Contains("label 1 is 10; it must be below 10",
                Refusal<InvalidDataException>(), StringComparison.Ordinal);

            Write("train-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 2, 1, 9]);
            Assert.Equal(2, Datasets.FashionMnist.Load(directory.FullName).Train.Count);

            Write("t10k-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 5, 6]);
            Assert.Contains("t10k-images-idx3-ubyte: expected 1 pixels a picture, as in train-images-idx3-ubyte, found 2",
                Refusal<InvalidDataException>(), StringComparison.Ordinal);
        }
        finally
        {
            directory.Delete(recursive: true);
        }

        string Refusal<TException>() where TException : Exception =>
            Assert.Throws<TException>(() => Datasets.FashionMnist.Load(directory.FullName)).Message;

        void Write(string name, byte[] content) => File.WriteAllBytes(Path.Combine(directory.FullName, name), content);
    }
}
