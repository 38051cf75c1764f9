using System.Buffers.Binary;
using System.IO.Compression;
using Xunit;

namespace NativeOpt.Tests.Data;

/// <summary>Files of rows that are damaged, and files that are not completed.</summary>
public sealed class RowFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_OfBadFiles_NamesPathAndPosition()
    {
        WriteMoons(10);
        byte[] whole = File.ReadAllBytes(_folder["a.rows"]);
        string Open(byte[] bytes)
        {
            File.WriteAllBytes(_folder["bad.rows"], bytes);
            return Assert.Throws<InvalidDataException>(() => FileDataset.Open(_folder["bad.rows"])).Message;
        }

        Assert.Contains("it is empty", Open([]), StringComparison.Ordinal);
        Assert.Contains("at byte 30: the file ends; 34 more bytes were expected for the header", Open(whole[..30]),
            StringComparison.Ordinal);
        Assert.Contains("at byte 0: expected the letters NOPTROWS", Open([1, .. whole[1..]]), StringComparison.Ordinal);
        Assert.Contains("at byte 8: the version is 2; this library reads version 1", Open(With(8, 2)), StringComparison.Ordinal);
        Assert.Contains("at byte 12: there are 0 inputs", Open(With(12, 0)), StringComparison.Ordinal);
        Assert.Contains("at byte 12: there are 2 inputs and -1 targets", Open(With(16, -1)), StringComparison.Ordinal);
        Assert.Contains("at byte 24: there are 0 rows", Open(With(24, 0)), StringComparison.Ordinal);
        Assert.Contains("at byte 24: the header announces 2147483647 rows of 12 bytes", Open(With(24, int.MaxValue)),
            StringComparison.Ordinal);
        Assert.Contains("at byte 12: there are 2147483647 inputs", Open(With(12, int.MaxValue)), StringComparison.Ordinal);
        Assert.Contains("at byte 183: the file ends; 1 more bytes", Open(whole[..^1]), StringComparison.Ordinal);
        Assert.Contains("at byte 184: the end of the file was expected", Open([.. whole, 0]), StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => FileDataset.Open(_folder["none"]));

        byte[] With(int position, int value)
        {
            byte[] changed = [.. whole];
            BinaryPrimitives.WriteInt32LittleEndian(changed.AsSpan(position), value);
            return changed;
        }
    }

    [Fact]
    public void OpenIdxAndRaw_OfBadFiles_SayWhatIsWrong()
    {
        (string images, string labels) = IdxPair.Write(_folder, 4);
        byte[] whole = File.ReadAllBytes(images);
        Assert.Contains("expected 4 labels, found shape [5]", Refusal(() => FileDataset.OpenIdx(images, IdxPair.Write(_folder, 5, "other").Labels)),
            StringComparison.Ordinal);
        File.WriteAllBytes(images, whole[..^1]);
        Assert.Contains("at byte 39: the file ends; 1 more bytes were expected", Refusal(() => FileDataset.OpenIdx(images, labels)),
            StringComparison.Ordinal);
        File.WriteAllBytes(images, [.. whole, 0]);
        Assert.Contains("at byte 40: the end of the file was expected", Refusal(() => FileDataset.OpenIdx(images, labels)),
            StringComparison.Ordinal);
        using (var gzip = new GZipStream(File.Create(images), CompressionLevel.Fastest))
            gzip.Write(whole);
        Assert.Contains("is compressed; a file that is mapped must not be: `gunzip -k`",
            Refusal(() => FileDataset.OpenIdx(images, labels)), StringComparison.Ordinal);

        File.WriteAllBytes(_folder["raw"], new byte[25]);
        Assert.Contains("has 25 bytes; it must be 0 and then whole rows of 12", Refusal(() => FileDataset.OpenRaw(_folder["raw"], 2, 0)),
            StringComparison.Ordinal);
        Assert.Contains("it must be 25 and then whole rows of 12", Refusal(() => FileDataset.OpenRaw(_folder["raw"], 2, 1, 25)),
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => FileDataset.OpenRaw(_folder["raw"], 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => FileDataset.OpenRaw(_folder["raw"], 1, 1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FileDatasetSettings { BlockBytes = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new FileDatasetSettings { MixedBlocks = 5000 });

        static string Refusal(Func<object> open) => Assert.Throws<InvalidDataException>(open).Message;
    }

    [Fact]
    public void Writer_ThatIsNotCompleted_LeavesTheOldFile()
    {
        WriteMoons(10);
        byte[] old = File.ReadAllBytes(_folder["a.rows"]);
        using (var writer = new RowFileWriter(_folder["a.rows"], 2))
        {
            writer.Append([1, 2], 0);
            Assert.Contains("inputs has 1 numbers; the file has 2 input columns",
                Assert.Throws<ArgumentException>(() => writer.Append([1], 0)).Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentOutOfRangeException>(() => writer.Append([1, 2], -1));
            Assert.Throws<ArgumentException>(() => writer.Append([1, 2], [1f]));
        }
        using (var writer = new RowFileWriter(_folder["a.rows"], 1, 1))
        {
            Assert.Throws<ArgumentException>(() => writer.Append([1], 0));
            Assert.Throws<InvalidOperationException>(writer.Complete);
        }

        Assert.Equal(old, File.ReadAllBytes(_folder["a.rows"]));
        Assert.Equal(["a.rows"], _folder.Entries());
        Assert.Throws<DirectoryNotFoundException>(() => new RowFileWriter(_folder["none/a.rows"], 1));
        var weighted = new InMemoryDataset(new float[2, 1], new[] { 0, 1 }, [1, 2]);
        Assert.Throws<ArgumentException>(() => RowFileWriter.Write(_folder["b.rows"], weighted));
    }

    private void WriteMoons(int rows) => RowFileWriter.Write(_folder["a.rows"], Datasets.MakeMoons(rows, 0.1));
}
