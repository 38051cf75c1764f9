using System.Diagnostics;
using System.IO.Compression;
using Xunit;

namespace NativeOpt.Tests.Data;

public sealed class IdxFileTests : IDisposable
{
    private static readonly byte[] Valid = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 10, 11, 12, 20, 21, 22];

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("idx");

    public static TheoryData<string, byte[], string> BadFiles => new()
    {
        { "empty", [], "at byte 0: the file ends; 4 more bytes were expected for the first four bytes of an IDX file" },
        { "foreign", [137, 80, 78, 71, 13, 10], "at byte 0: expected two zero bytes, found 0x89 0x50: this is no IDX file" },
        { "floats", [0, 0, 13, 1, 0, 0, 0, 1, 0], "at byte 2: expected element type 0x08 (unsigned bytes), found 0x0d" },
        { "no dimension", [0, 0, 8, 0], "at byte 3: expected 1 to 8 dimensions, found 0" },
        { "dimensions", [0, 0, 8, 9], "at byte 3: expected 1 to 8 dimensions, found 9" },
        { "cut header", Valid[..10], "at byte 10: the file ends; 2 more bytes were expected for the size of dimension 1" },
        { "cut data", Valid[..17], "at byte 17: the file ends; 1 more bytes were expected for the 6 elements of shape [2, 3]" },
        { "too long", [.. Valid, 1], "at byte 18: the end of the file was expected" },
        { "size 0", [0, 0, 8, 1, 0, 0, 0, 0], "at byte 4: expected a size from 1 to 2147483647 for dimension 0, found 0" },
        {
            "negative size", [0, 0, 8, 1, 255, 255, 255, 255],
            "at byte 4: expected a size from 1 to 2147483647 for dimension 0, found 4294967295"
        },
        { "huge", [0, 0, 8, 1, 127, 255, 255, 255, 1], "at byte 4: the header announces at least 2147483647 elements; a file of this" },
        {
            "huge product", [0, 0, 8, 2, 0, 0, 0, 5, 127, 255, 255, 255],
            "at byte 8: the header announces at least 10737418235 elements"
        },
    };

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_PlainOrCompressed_GivesShapeAndElements(bool compressed)
    {
        IdxFile file = IdxFile.Read(Write("valid", compressed ? Compress(Valid) : Valid));

        Assert.Equal([2, 3], file.Shape);
        Assert.Equal(Valid[12..], file.Data.ToArray());
    }

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void Read_OfABadFile_NamesPathPositionAndExpectation(string name, byte[] content, string sentence)
    {
        string plain = Write(name, content);

        var failure = Assert.Throws<InvalidDataException>(() => IdxFile.Read(plain));
        Assert.Contains($"{plain}: {sentence}", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("foreign", "at byte 0: expected two zero bytes")]
    [InlineData("cut data", "at byte 17: the compressed data end; 1 more bytes were expected")]
    [InlineData("too long", "at byte 18: the end of the file was expected")]
    [InlineData("huge", "at byte 4: the header announces")]
    public void Read_OfABadCompressedFile_NamesThePositionInItsContent(string name, string sentence)
    {
        byte[] content = (byte[])BadFiles.Single(row => (string)row[0] == name)[1];
        string path = Write(name + ".gz", Compress(content));

        var failure = Assert.Throws<InvalidDataException>(() => IdxFile.Read(path));
        Assert.Contains($"{path}: {sentence}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfACutCompressedFile_SaysThatTheCompressedDataEnd()
    {
        byte[] noise = new byte[5000];
        new Random(1).NextBytes(noise);
        byte[] whole = Compress([0, 0, 8, 1, 0, 0, 19, 136, .. noise]);
        string path = Write("cut.gz", whole[..^2000]);

        var failure = Assert.Throws<InvalidDataException>(() => IdxFile.Read(path));

        Assert.StartsWith($"{path}: at byte ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(": the compressed data ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfDamagedCompression_SaysWhere()
    {
        byte[] damaged = Compress(Valid);
        damaged.AsSpan(10, 8).Fill(0xff);
        string path = Write("damaged.gz", damaged);

        var failure = Assert.Throws<InvalidDataException>(() => IdxFile.Read(path));

        Assert.Contains($"{path}: at byte 0: the compressed data are damaged or cut off", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfAFileThatIsNotThere_IsFileNotFound() =>
        Assert.Throws<FileNotFoundException>(() => IdxFile.Read(Path.Combine(_directory.FullName, "none")));

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_OfAPipe_IsRefusedAndDoesNotWait(bool throughLink)
    {
        Skip.If(OperatingSystem.IsWindows(), "pipes are made with mkfifo");
        string path = Path.Combine(_directory.FullName, "pipe");
        using (var make = Process.Start("mkfifo", [path]))
            await make.WaitForExitAsync();
        if (throughLink)
            path = File.CreateSymbolicLink(path + "-link", path).FullName;

        var failure = await Assert.ThrowsAsync<InvalidDataException>(() =>
            Task.Run(() => IdxFile.Read(path)).WaitAsync(TimeSpan.FromSeconds(30)));

        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        Assert.Contains("a pipe or a device", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfAHeaderThatAnnouncesTooMuch_AllocatesLittle()
    {
        string path = Write("huge", [0, 0, 8, 1, 127, 0, 0, 0, 1]);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<InvalidDataException>(() => IdxFile.Read(path));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    private string Write(string name, byte[] content)
    {
        string path = Path.Combine(_directory.FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    private static byte[] Compress(byte[] content)
    {
        using var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.Optimal))
            gzip.Write(content);
        return result.ToArray();
    }
}
