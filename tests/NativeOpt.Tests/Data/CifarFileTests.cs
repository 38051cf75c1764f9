using Xunit;

namespace NativeOpt.Tests.Data;

public sealed class CifarFileTests : IDisposable
{
    private const int Record = 3073;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, byte[], string> BadFiles => new()
    {
        { "empty", [], "it is empty, or a pipe or a device" },
        { "cut", Records(2)[..^1], "has 6145 bytes; it must be whole records of 3073: 1 records leave 3072" },
        { "too long", [.. Records(1), 0], "has 3074 bytes" },
        { "a label of 10", Records(3, label: row => row == 2 ? (byte)10 : (byte)0),
            "at byte 6146: record 2 has label 10; it must be below 10" },
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_OfSeveralFiles_GivesTheirPicturesInOrder()
    {
        string first = Write("first", Records(2, label: row => (byte)(row + 1)));
        string second = Write("second", Records(1, label: _ => 9));

        CifarFile file = CifarFile.Read(first, second);

        Assert.Equal(3, file.Count);
        Assert.Equal(new byte[] { 1, 2, 9 }, file.Labels.ToArray());
        InMemoryDataset data = file.ToDataset();
        Assert.Equal("3 rows: 3072 inputs, class numbers", data.ToString());
        Assert.Equal([.. Enumerable.Range(0, 3072).Select(i => Pixel(1, i) * (1 / 255f))], data.X.GetRow(1));
        Assert.Equal([.. Enumerable.Range(0, 3072).Select(i => Pixel(0, i) * (1 / 255f))], data.X.GetRow(2));
    }

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void Read_OfABadFile_NamesPathPositionAndExpectation(string name, byte[] content, string sentence)
    {
        string path = Write(name, content);

        var failure = Assert.Throws<InvalidDataException>(() => CifarFile.Read(path));

        Assert.StartsWith(path, failure.Message, StringComparison.Ordinal);
        Assert.Contains(sentence, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfNothing_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => CifarFile.Read());
        Assert.Throws<FileNotFoundException>(() => CifarFile.Read(_folder["none"]));
    }

    [Fact]
    public void Cifar10_WithoutItsFiles_SaysHowToGetThem()
    {
        var failure = Assert.Throws<DirectoryNotFoundException>(() => Datasets.Cifar10.Load(_folder["none"]));
        Assert.Contains(_folder["none"], failure.Message, StringComparison.Ordinal);
        Assert.Contains("nativeopt data get cifar-10", failure.Message, StringComparison.Ordinal);
        Assert.False(Datasets.Cifar10.IsAvailable(_folder["none"]));

        Assert.Contains("has no data_batch_1.bin",
            Assert.Throws<FileNotFoundException>(() => Datasets.Cifar10.Load(_folder.Path)).Message, StringComparison.Ordinal);
        Write("data_batch_1.bin", Records(2));
        Assert.Contains("has no test_batch.bin",
            Assert.Throws<FileNotFoundException>(() => Datasets.Cifar10.Load(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cifar10_WithTheFirstBatchesOnly_HasTheirRows()
    {
        Write("data_batch_1.bin", Records(2));
        Write("test_batch.bin", Records(1));
        Assert.True(Datasets.Cifar10.IsAvailable(_folder.Path));
        DataSplit one = Datasets.Load("cifar10", _folder.Path);
        Assert.Equal(("cifar-10", 2, 1), (one.Name, one.Train.Count, one.Test.Count));
        Assert.Equal(["airplane", "automobile"], one.ClassNames.Take(2));

        Write("data_batch_2.bin", Records(3));
        Assert.Equal(5, Datasets.Cifar10.Load(_folder.Path).Train.Count);

        Write("data_batch_4.bin", Records(1));
        Assert.Contains("has data_batch_4.bin, but no data_batch_3.bin",
            Assert.Throws<FileNotFoundException>(() => Datasets.Cifar10.Load(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cifar10_InTheFolderThatTheArchiveUnpacksTo_IsFound()
    {
        Directory.CreateDirectory(_folder["cifar-10-batches-bin"]);
        Write("cifar-10-batches-bin/data_batch_1.bin", Records(2));
        Write("cifar-10-batches-bin/test_batch.bin", Records(1));

        Assert.Equal(2, Datasets.Cifar10.Load(_folder.Path).Train.Count);
    }

    private static byte[] Records(int count, Func<int, byte>? label = null)
    {
        var bytes = new byte[count * Record];
        for (int row = 0; row < count; row++)
        {
            bytes[row * Record] = label?.Invoke(row) ?? 0;
            for (int i = 0; i < Record - 1; i++)
                bytes[row * Record + 1 + i] = Pixel(row, i);
        }
        return bytes;
    }

    private static byte Pixel(int row, int i) => (byte)(7 * row + 3 * i);

    private string Write(string name, byte[] content)
    {
        File.WriteAllBytes(_folder[name], content);
        return _folder[name];
    }
}
